import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineAddress } from '../../electron/engine/options.ts'
import { inProject, root } from '../../scripts/project.ts'

// What is shipped is dist/, not the sources: threads, migrations and the page have to be found there as well.

let data: string
let served: ChildProcess
let address: EngineAddress

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/build.ts', '--only-stale'], { cwd: root, stdio: 'inherit' })
  data = mkdtempSync(join(tmpdir(), 'trackside-built-'))
  served = spawn(
    process.execPath,
    [inProject('dist/electron/cli/main.js'), 'serve', '--json', '--port=0', '--app-port=0', `--data=${data}`],
    // Not the project: nothing may depend on where it is started.
    { cwd: data, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (served.stdout === null) throw new Error('no stdout')
  const [line] = (await once(createInterface({ input: served.stdout }), 'line')) as [string]
  address = JSON.parse(line) as EngineAddress
}, 120_000)

afterAll(async () => {
  if (served.exitCode === null) {
    served.kill()
    await once(served, 'exit')
  }
  rmSync(data, { recursive: true, force: true })
})

describe('the built product', () => {
  it('captures a call and has it in its log', async () => {
    const captured = await fetch(`${address.capture}/v1/track`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ writeKey: 'web', event: 'Invoice Sent', userId: '42' }),
    })
    expect(captured.status).toBe(200)
    const listed = await fetch(`${address.app}/api/v1/events`, {
      headers: { authorization: `Bearer ${address.token}` },
    })
    const { events } = (await listed.json()) as { events: { event: string }[] }
    expect(events.map(({ event }) => event)).toEqual(['Invoice Sent'])
  })

  it('serves the page, and every file that the page asks for', async () => {
    const page = await fetch(address.app)
    expect(page.status).toBe(200)
    const html = await page.text()
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect((await fetch(address.app + file)).status).toBe(200)
  })

  it('serves the browser SDK out of its own copy, with every part and its license', async () => {
    const script = await fetch(`${address.capture}/analytics.js/v1/web/analytics.min.js`)
    expect(script.status).toBe(200)
    expect(await script.text()).toContain('window.analyticsWriteKey="web"')
    const copy = readdirSync(inProject('dist/browser-script'))
    const bundles = copy.filter((file) => file.includes('.bundle.'))
    expect(copy.toSorted()).toEqual([...bundles, 'LICENSE.MD', 'standalone.js'].toSorted())
    expect(bundles).toHaveLength(8)
    for (const file of bundles)
      expect((await fetch(`${address.capture}/analytics-next/bundles/${file}`)).status).toBe(200)
  })

  it('stops cleanly when it is told to', async () => {
    served.kill('SIGTERM')
    const [code] = (await once(served, 'exit')) as [number | null]
    // Windows knows no SIGTERM: there, the process is simply gone.
    expect(process.platform === 'win32' ? 0 : code).toBe(0)
  })
})
