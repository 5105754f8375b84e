import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sdkOf, targetOf } from '../../renderer/views/connect/sdks/index.ts'
import { inProject } from '../../scripts/project.ts'
import { sourceOf } from '../../shared/source.ts'
import { RunningEngine } from './running-engine.ts'

// The lines that Connect shows for SDKs of Node, run as they are copied.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

/** Runs code as a program of its own that finds the project's packages; gives what it complains of. */
function run(code: string): Promise<{ exitCode: number | null; complaints: string }> {
  return new Promise((resolve, reject) => {
    const program = spawn(
      process.execPath,
      [`--input-type=${/^import /m.test(code) ? 'module' : 'commonjs'}`, '-'],
      { cwd: inProject('.'), stdio: ['pipe', 'ignore', 'pipe'] },
    )
    let complaints = ''
    program.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
    program.once('error', reject)
    program.once('close', (exitCode) => resolve({ exitCode, complaints }))
    program.stdin.end(code)
  })
}

it.each([
  ['node', 'plain'],
  ['node-legacy', 'plain'],
  ['rudder-node', 'plain'],
  ['customerio-node', 'plain'],
  ['jitsu', 'node'],
  ['june', 'node'],
  ['journy', 'plain'],
])('the lines of %s (%s) send their call here, and name its source', async (id, lines) => {
  const sdk = sdkOf(id)
  const variant = sdk.variants.find((one) => one.id === lines)
  const writeKey = `${id}-${sdk.writeKey}`
  const source = sourceOf(writeKey)
  const { exitCode, complaints } = await run(variant?.code(targetOf(engine.capture, writeKey)) ?? '')
  expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' })
  const events = await engine.events(`source:"${source}" type:track`)
  expect(events).toMatchObject([
    { event: 'Invoice Sent', userId: '42', properties: { currency: 'USD' }, accepted: true },
  ])
  expect(Number(events[0]?.properties?.['total_amount'])).toBe(123.45)
  // By its name Connect tells that the call came from this SDK.
  const { name } = events[0]?.library ?? {}
  if (sdk.libraries.length === 0) expect(name).toBeNull()
  else expect(sdk.libraries).toContain(name)
})
