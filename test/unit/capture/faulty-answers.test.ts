import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FaultyAnswers } from '../../../electron/engine/capture/faulty-answers.ts'
import type { FaultAnswer } from '../../../shared/fault.ts'

let faults: FaultyAnswers
let server: Server
let fault: FaultAnswer
let asked: number

beforeEach(async () => {
  faults = new FaultyAnswers(2)
  asked = 0
  server = createServer((_request, response) => {
    asked += 1
    void faults.play(fault, response).then(({ status }) => {
      if (!response.destroyed) response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** The status that is heard, or how the line ended. */
function ask(): { heard: Promise<number | string>; hasEnded: () => boolean; hangUp: () => void } {
  const { port } = server.address() as AddressInfo
  const outgoing = request({ host: '127.0.0.1', port, agent: false })
  let ended = false
  const heard = new Promise<number | string>((resolve) => {
    outgoing.on('response', ({ statusCode }) => resolve(statusCode ?? 0))
    outgoing.on('error', ({ message }) => resolve(message))
  })
  void heard.then(() => (ended = true))
  outgoing.end()
  return { heard, hasEnded: () => ended, hangUp: () => outgoing.destroy() }
}

async function askAndWait(): Promise<ReturnType<typeof ask>> {
  const before = asked
  const sender = ask()
  await vi.waitFor(() => expect(asked).toBe(before + 1))
  return sender
}

it('lets the first of those go who hang, when there are too many', async () => {
  fault = { kind: 'hang' }
  const [first, second, third] = [await askAndWait(), await askAndWait(), await askAndWait()]
  expect(await first.heard).toBe('socket hang up')
  expect([second.hasEnded(), third.hasEnded()]).toEqual([false, false])
})

it('has room again when a sender has given up', async () => {
  fault = { kind: 'hang' }
  const [first, second] = [await askAndWait(), await askAndWait()]
  first.hangUp()
  await first.heard
  await vi.waitFor(async () => {
    const connections = await new Promise<number>((resolve) =>
      server.getConnections((_error, count) => resolve(count)),
    )
    expect(connections).toBe(1)
  })
  const third = await askAndWait()
  expect([second.hasEnded(), third.hasEnded()]).toEqual([false, false])
})

it('answers at once what was to be slow when it ends, and keeps nobody waiting after that', async () => {
  fault = { kind: 'slow', delayMs: 300_000 }
  const waiting = await askAndWait()
  faults.end()
  expect(await waiting.heard).toBe(200)
  expect(await ask().heard).toBe(200)
  fault = { kind: 'hang' }
  expect(await ask().heard).toBe('socket hang up')
})
