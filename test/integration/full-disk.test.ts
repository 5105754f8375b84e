import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EventPage, Status } from '../../shared/contract/schemas.ts'
import { serve } from './command.ts'
import type { Served } from './command.ts'
import { clientOf } from './served-engine.ts'
import { SmallDisk } from './small-disk.ts'

const disk = SmallDisk.mount(12)
afterAll(() => disk?.unmount())

// Needs a disk that can be filled: a tmpfs, which only root on Linux may mount.
describe.runIf(disk !== null)('on a full disk', () => {
  let served: Served
  let client: ReturnType<typeof clientOf>
  const data = join(disk?.path ?? '', 'data')
  const answered = new Set<string>()
  const refused = new Set<string>()

  beforeAll(async () => {
    mkdirSync(data)
    disk?.fill(8 * 1024)
    served = await serve(data)
    client = clientOf(served.address)
  })

  afterAll(() => served.end('SIGKILL'))

  /** Sends a batch of 20 and tells what its sender hears. */
  async function send(name: string): Promise<{ status: number; body: unknown }> {
    const ids = Array.from({ length: 20 }, (_, index) => `${name}-${index}`)
    const answer = await fetch(`${served.address.capture}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({
        batch: ids.map((messageId) => ({
          type: 'track',
          event: 'Step Taken',
          userId: 'jane',
          messageId,
          properties: { padding: 'x'.repeat(2000) },
        })),
      }),
    })
    for (const id of ids) (answer.status === 200 ? answered : refused).add(id)
    return { status: answer.status, body: await answer.json() }
  }

  const status = (): Promise<Status> => client.get<Status>('/status')

  it('a call that can’t be stored is refused so that its sender tries again, and the page says why', async () => {
    const last = await vi.waitFor(
      async () => {
        const answer = await send(`fill-${answered.size}`)
        expect(answer.status).not.toBe(200)
        return answer
      },
      { timeout: 50_000, interval: 0 },
    )
    expect(last).toMatchObject({
      status: 503,
      body: {
        success: false,
        code: 'LOG_UNWRITABLE',
        message: expect.stringMatching(/full.*Free some disk space/),
      },
    })
    expect((await status()).trouble).toMatch(/could not be stored: .*full.*Free some disk space/)
    expect(answered.size).toBeGreaterThan(100)
  })

  it('what was captured before can still be looked at', async () => {
    const { events } = await client.get<EventPage>('/events?limit=500')
    expect(events.length).toBeGreaterThan(100)
    expect(events.every(({ messageId }) => answered.has(messageId ?? ''))).toBe(true)
    expect(await status()).toMatchObject({ events: answered.size })
  })

  it('what needs room says that there is none, and leaves everything as it was', async () => {
    const before = await client.get('/users')
    const refusal = await client.refusal('POST', '/rebuild')
    expect(refusal).toMatchObject({ code: 'DATA_UNWRITABLE', message: expect.stringMatching(/full/) })
    expect(await client.get('/users')).toEqual(before)
  })

  it('analysis goes on by itself once there is room, and nothing that got a 200 is missing', async () => {
    disk?.free()
    await vi.waitFor(async () => {
      const { analysedUpTo, lastEventId } = await status()
      expect(analysedUpTo).toBe(lastEventId)
    }, 20_000)
    const events = await client.events('event:"Step Taken"')
    expect(events.map(({ messageId }) => messageId).sort()).toEqual([...answered].sort())
    expect(events.some(({ messageId }) => refused.has(messageId ?? ''))).toBe(false)
  })

  it('calls are taken again, the trouble is over, and the log is whole', async () => {
    expect(await send('after')).toEqual({ status: 200, body: { success: true } })
    expect((await client.analysed()).trouble).toBeNull()
    expect(await served.end('SIGTERM')).toBe(0)
    served = await serve(data)
    client = clientOf(served.address)
    expect(await client.analysed()).toMatchObject({ events: answered.size, trouble: null })
  })
})
