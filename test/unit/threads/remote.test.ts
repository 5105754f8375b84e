import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openForWriting } from '../../../electron/engine/store/database.ts'
import { Thread } from '../../../electron/engine/threads/remote.ts'
import type { CountingMethods } from './counting-thread.ts'

let data: string
let thread: Thread<CountingMethods>

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'trackside-remote-'))
  openForWriting(data).close()
  const module = new URL('./counting-thread.ts', import.meta.url)
  thread = await Thread.start(module, { data }, (error) => {
    throw error
  })
})

afterAll(async () => {
  await thread.stop()
  rmSync(data, { recursive: true, force: true })
})

const portions = (): Promise<number> => thread.call.portions(null)
const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 150))

it('leaves what nobody waits for any more, and goes on with the rest', async () => {
  const [gone, there] = [new AbortController(), new AbortController()]
  const lost = thread.call.count(null, gone.signal)
  const kept = thread.call.count(null, there.signal)
  await vi.waitFor(async () => expect(await portions()).toBeGreaterThan(3))
  gone.abort()
  await expect(lost).rejects.toThrow('This operation was aborted')
  const before = await portions()
  await pause()
  expect(await portions()).toBeGreaterThan(before)
  there.abort(new Error('not now'))
  await expect(kept).rejects.toThrow('not now')
  const end = await portions()
  await pause()
  expect(await portions()).toBe(end)
})

it('does not begin what was left before', async () => {
  const before = await portions()
  const controller = new AbortController()
  controller.abort()
  await expect(thread.call.count(null, controller.signal)).rejects.toThrow('aborted')
  await pause()
  expect(await portions()).toBe(before)
})

it('tells whoever waits when it ends, and whoever asks later, that the engine has stopped', async () => {
  const waiting = expect(thread.call.count(null)).rejects.toMatchObject({
    code: 'ENGINE_STOPPED',
    status: 503,
  })
  await thread.stop()
  await waiting
  await expect(portions()).rejects.toMatchObject({ code: 'ENGINE_STOPPED' })
})
