import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Replay, Status } from '../../shared/contract/schemas.ts'
import { startSink } from '../unit/replay/sink.ts'
import { serve } from './command.ts'
import type { Served } from './command.ts'
import { clientOf, temporaryDirectory } from './served-engine.ts'

// A log that can't be written for a while: nobody hangs, what has a 200 is there, and all goes on by itself.

let data: string
let served: Served
let client: ReturnType<typeof clientOf>

beforeEach(async () => {
  data = temporaryDirectory()
  served = await serve(data)
  client = clientOf(served.address)
})

afterEach(async () => {
  await served.end('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

interface Heard {
  id: string
  status: number
  body: unknown
  /** Milliseconds. */
  took: number
}

async function send(id: string): Promise<Heard> {
  const began = performance.now()
  const answer = await fetch(`${served.address.capture}/v1/track`, {
    method: 'POST',
    body: JSON.stringify({ event: 'Step Taken', userId: 'jane', messageId: id }),
  })
  return { id, status: answer.status, body: await answer.json(), took: performance.now() - began }
}

const logged = async (): Promise<(string | null)[]> =>
  (await client.events()).map(({ messageId }) => messageId)

const status = (): Promise<Status> => client.get<Status>('/status')

/** As a database browser does that somebody has left in the middle of an edit. */
function hold(): { release(): void } {
  const other = new Database(join(data, 'trackside.db'), { timeout: 10_000 })
  other.exec('BEGIN IMMEDIATE')
  return {
    release: () => {
      other.exec('ROLLBACK')
      other.close()
    },
  }
}

it('while another program has it locked, senders hear in time that they are to try again', async () => {
  expect((await send('before')).status).toBe(200)
  const other = hold()
  const first = await Promise.all(Array.from({ length: 50 }, (_, index) => send(`held-${index}`)))
  const second = await send('held-later')
  for (const { status: code, body, took } of [...first, second]) {
    expect(code).toBe(503)
    expect(body).toMatchObject({
      success: false,
      code: expect.stringMatching(/LOG_LOCKED|CAPTURE_OVERLOADED/),
    })
    expect(took).toBeLessThan(10_000)
  }
  expect((await status()).trouble).toMatch(/another program has locked .*Close the program/)
  expect(await client.refusal('PATCH', '/settings', { faults: [] })).toMatchObject({
    status: 503,
    code: 'DATABASE_LOCKED',
    message: expect.stringMatching(/trackside\.db.*Close the program/),
  })
  // The page, the command and the API read as ever.
  expect(await logged()).toEqual(['before'])

  other.release()
  await vi.waitFor(async () => expect((await send('after')).status).toBe(200), 20_000)
  await client.analysed()
  expect(await status()).toMatchObject({ trouble: null })
  expect((await logged()).filter((id) => id?.startsWith('held'))).toEqual([])
}, 60_000)

it('while another program has it locked, a replay waits with its outcomes, and sends nothing twice', async () => {
  const sink = await startSink()
  try {
    const ids = Array.from({ length: 30 }, (_, index) => `call-${index}`)
    for (const id of ids) await send(id)
    await client.analysed()
    const { id: destinationId } = await client.api<{ id: number }>('POST', '/destinations', {
      name: 'Sink',
      url: sink.url,
      writeKey: 'key',
    })
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
    let other: ReturnType<typeof hold> | undefined
    sink.behave(() => {
      other ??= hold()
      asked()
      return {}
    })
    const { replay } = await client.api<{ replay: Replay }>('POST', '/replays', {
      query: '',
      destinationId,
      start: true,
    })
    await isAsked
    expect((await send('held')).status).toBe(503)
    other?.release()
    await vi.waitFor(
      async () => expect(await client.get(`/replays/${replay.id}`)).toMatchObject({ state: 'done' }),
      40_000,
    )
    const arrived = sink.requests.flatMap(({ calls }) => calls.map((call) => call['messageId']))
    expect(arrived.sort()).toEqual(ids.sort())
  } finally {
    await sink.close()
  }
}, 90_000)

it('whose file is taken away does not pretend to keep anything, and goes on when it is back', async () => {
  expect((await send('before')).status).toBe(200)
  const file = join(data, 'trackside.db')
  renameSync(file, join(data, 'elsewhere.db'))
  const refused = await send('gone')
  expect(refused).toMatchObject({ status: 503, body: { success: false, code: 'LOG_GONE' } })
  expect((await status()).trouble).toMatch(/trackside\.db was moved or deleted .*Put it back/)
  for (const [method, path, body] of [
    ['GET', '/events'],
    ['GET', '/users'],
    ['GET', '/replays'],
    ['PATCH', '/settings', { https: true }],
    ['POST', '/destinations', { name: 'Sink', url: 'http://127.0.0.1:9', writeKey: 'key' }],
    ['POST', '/rebuild'],
    ['DELETE', '/events?query='],
  ] as const)
    expect(await client.refusal(method, path, body), path).toMatchObject({
      status: 503,
      code: 'DATABASE_GONE',
      message: expect.stringMatching(/trackside\.db was moved or deleted .*Put it back/),
    })
  expect((await status()).capture.https).toBeNull()
  renameSync(join(data, 'elsewhere.db'), file)
  expect((await send('after')).status).toBe(200)
  await client.analysed()
  expect(await status()).toMatchObject({ trouble: null, events: 2 })
  expect(await logged()).toEqual(['before', 'after'])
})

it('whose file is taken away keeps a replay waiting, which then sends nothing twice', async () => {
  const sink = await startSink()
  try {
    const ids = Array.from({ length: 30 }, (_, index) => `call-${index}`)
    for (const id of ids) await send(id)
    await client.analysed()
    const { id: destinationId } = await client.api<{ id: number }>('POST', '/destinations', {
      name: 'Sink',
      url: sink.url,
      writeKey: 'key',
    })
    const file = join(data, 'trackside.db')
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
    const takeAway = (): void => {
      renameSync(file, join(data, 'elsewhere.db'))
      asked()
    }
    sink.behave(() => {
      if (existsSync(file)) takeAway()
      return {}
    })
    const creating = client.api<{ replay: Replay }>('POST', '/replays', {
      query: '',
      destinationId,
      start: true,
    })
    // Its answer may come before or after: then it says what is wrong.
    creating.catch(() => undefined)
    await isAsked
    expect(await client.refusal('GET', '/replays')).toMatchObject({ code: 'DATABASE_GONE' })
    sink.behave(() => ({}))
    renameSync(join(data, 'elsewhere.db'), file)
    await vi.waitFor(async () => {
      const { replays } = await client.get<{ replays: Replay[] }>('/replays')
      expect(replays).toMatchObject([{ state: 'done', sent: ids.length, message: null }])
    }, 20_000)
    const arrived = sink.requests.flatMap(({ calls }) => calls.map((call) => call['messageId']))
    expect(arrived.sort()).toEqual(ids.sort())
  } finally {
    await sink.close()
  }
}, 60_000)

it('whose directory can’t be looked into has senders try again later, and goes on when it can', async () => {
  expect((await send('before')).status).toBe(200)
  renameSync(data, `${data}-elsewhere`)
  symlinkSync(data, data)
  expect(await send('lost')).toMatchObject({ status: 503, body: { success: false, code: 'LOG_UNWRITABLE' } })
  expect((await status()).trouble).toContain('ELOOP')
  rmSync(data)
  renameSync(`${data}-elsewhere`, data)
  expect((await send('after')).status).toBe(200)
  await client.analysed()
  expect(await logged()).toEqual(['before', 'after'])
})

it('whose directory is deleted says so to every sender, and the engine stays up', async () => {
  rmSync(data, { recursive: true, force: true })
  for (const id of ['one', 'two'])
    expect(await send(id)).toMatchObject({ status: 503, body: { code: 'LOG_GONE' } })
  expect((await status()).trouble).toContain('start Trackside again')
  expect(served.process.exitCode).toBeNull()
})
