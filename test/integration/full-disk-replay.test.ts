import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Replay } from '../../shared/contract/schemas.ts'
import { startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'
import { serve } from './command.ts'
import type { Served } from './command.ts'
import { clientOf } from './served-engine.ts'
import { SmallDisk } from './small-disk.ts'

const disk = SmallDisk.mount(24)
afterAll(() => disk?.unmount())

describe.runIf(disk !== null)('a replay on a full disk', () => {
  const data = join(disk?.path ?? '', 'data')
  const events = 1_500
  let served: Served
  let client: ReturnType<typeof clientOf>
  let sink: Sink

  beforeEach(async () => {
    mkdirSync(data, { recursive: true })
    served = await serve(data)
    client = clientOf(served.address)
    sink = await startSink()
  })

  afterEach(async () => {
    await served.end('SIGKILL')
    await sink.close()
    disk?.free()
    rmSync(data, { recursive: true })
  })

  /** The disk, and then what room the write-ahead log has left in its file. */
  async function fillUp(): Promise<void> {
    disk?.fill()
    const body = JSON.stringify({
      batch: Array.from({ length: 20 }, () => ({
        type: 'track',
        event: 'Ballast Taken',
        userId: 'jane',
        properties: { padding: 'x'.repeat(2_000) },
      })),
    })
    for (let status = 200; status === 200;)
      ({ status } = await fetch(`${served.address.capture}/v1/batch`, { method: 'POST', body }))
  }

  const ids = Array.from({ length: events }, (_, index) => `call-${index}`)
  const look = (id: number): Promise<Replay> => client.get(`/replays/${id}`)
  const arrived = (): unknown[] =>
    sink.requests.flatMap(({ calls }) => calls.map((call) => call['messageId'])).sort()

  /** A job that was in the middle of its calls when the disk became full, and says so. */
  async function heldReplay(): Promise<Replay> {
    for (let first = 0; first < events; first += 500)
      await client.capture(
        ids.slice(first, first + 500).map((messageId) => ({
          type: 'track',
          event: 'Step Taken',
          userId: `user-${Number(messageId.slice(5)) % 50}`,
          messageId,
        })),
      )
    const { id: destinationId } = await client.api<{ id: number }>('POST', '/destinations', {
      name: 'Sink',
      url: sink.url,
      writeKey: 'key',
    })
    // Slow enough to be in the middle when the disk is full.
    const { replay } = await client.api<{ replay: Replay }>('POST', '/replays', {
      query: '',
      destinationId,
      options: { eventsPerSecond: 300 },
      start: true,
    })
    await vi.waitFor(() => expect(sink.requests).not.toEqual([]), 10_000)
    await fillUp()
    return vi.waitFor(async () => {
      const found = await look(replay.id)
      expect(found.message).not.toBeNull()
      return found
    }, 30_000)
  }

  it('says why it waits, sends nothing meanwhile, and goes on without sending anything twice', async () => {
    const { id, ...waiting } = await heldReplay()
    expect(waiting).toMatchObject({
      state: 'running',
      message: expect.stringMatching(/full.*Free some disk space/),
    })
    expect(waiting.sent).toBeLessThan(events)

    disk?.free()
    await vi.waitFor(async () => expect(await look(id)).toMatchObject({ state: 'done' }), 60_000)
    expect(await look(id)).toMatchObject({ sent: events, failed: 0, message: null })
    expect(arrived()).toEqual(ids.sort())
  }, 120_000)

  it.each([
    ['pause', 'paused'],
    ['cancel', 'cancelled'],
  ])(
    'takes a %s, which is answered when there is room',
    async (how, state) => {
      const { id } = await heldReplay()
      const answer = client.api<Replay>('POST', `/replays/${id}/${how}`)
      disk?.free()
      expect(await answer).toMatchObject({ state })
      // What had arrived before is written down by the next try, some moments later.
      await vi.waitFor(
        async () => expect(await look(id)).toMatchObject({ state, sent: arrived().length, message: null }),
        10_000,
      )
      expect(arrived().length).toBeLessThan(events)
    },
    120_000,
  )
})
