import { readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { success } from './answers.ts'
import { serve } from './command.ts'
import type { Served } from './command.ts'
import { temporaryDirectory } from './served-engine.ts'

const megabyte = 1024 * 1024
const crowd = 5_000

/** How many files a process may have open here; Node raises its own limit to the hard one. */
function openFilesLimit(): number {
  if (process.platform !== 'linux') return 0
  return Number(
    /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity,
  )
}

// Needs as many open files, in the engine and here, and /proc to see what the engine holds.
describe.runIf(openFilesLimit() > crowd + 500)('a crowd of connections that say nothing', () => {
  const data = temporaryDirectory()
  let served: Served
  let port: number
  const sockets: Socket[] = []
  let closed = 0

  beforeAll(async () => {
    served = await serve(data)
    port = Number(new URL(served.address.capture).port)
  })

  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await served.end('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  })

  const ownMemory = (): number =>
    Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${served.process.pid}/status`, 'utf8'))?.[1]) * 1024

  function join(first: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      sockets.push(socket)
      socket.on('error', reject)
      socket.on('close', () => (closed += 1))
      socket.resume()
      socket.on('connect', () => socket.write(first, () => resolve()))
    })
  }

  /** Milliseconds until a call is taken. */
  async function callTakes(): Promise<number> {
    const began = performance.now()
    const answer = await fetch(`${served.address.capture}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ event: 'Step Taken', userId: 'jane' }),
    })
    expect(await answer.text()).toBe(success)
    return performance.now() - began
  }

  it('leaves other calls served at once, and memory as it was', async () => {
    await callTakes()
    const before = ownMemory()
    const beginnings = [
      '\r\n',
      'POST /v1/track HTTP/1.1\r\nContent-Le',
      'POST /v1/track HTTP/1.1\r\nContent-Length: 9\r\n\r\n{',
    ]
    for (let joined = 0; joined < crowd; joined += 250)
      await Promise.all(
        Array.from({ length: 250 }, (_, index) => join(beginnings[index % beginnings.length] ?? '')),
      )
    const takes = []
    for (let call = 0; call < 20; call += 1) takes.push(await callTakes())
    expect(Math.max(...takes)).toBeLessThan(1_000)
    expect(ownMemory() - before).toBeLessThan(150 * megabyte)
  })

  it('is sent away after a while: who has said nothing after a quarter of a minute, who is in the middle after one', async () => {
    // A third of them waits with a body, which may take as long as a slow line takes for five megabytes.
    await expect.poll(() => closed, { timeout: 30_000 }).toBeGreaterThanOrEqual(Math.floor((crowd * 2) / 3))
    expect(await callTakes()).toBeLessThan(1_000)
  })
})
