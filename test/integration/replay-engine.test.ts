import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EngineAddress } from '../../electron/engine/options.ts'
import type { Destination, Outcome, Replay, ReplayPlan, Status } from '../../shared/contract/schemas.ts'
import { inProject, root } from '../../scripts/project.ts'
import { startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'
import { story, until } from '../unit/replay/workshop.ts'

// The whole way: a process that captures, replays, is killed without warning, and goes on when it is started again.

const total = 8000
const deaths = 5
let data: string
let sink: Sink
let served: ChildProcess
let address: EngineAddress

async function serve(): Promise<void> {
  served = spawn(
    process.execPath,
    [inProject('electron/cli/main.ts'), 'serve', '--json', '--port=0', '--app-port=0', `--data=${data}`],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (served.stdout === null) throw new Error('no stdout')
  const [line] = (await once(createInterface({ input: served.stdout }), 'line')) as [string]
  address = JSON.parse(line) as EngineAddress
}

async function kill(): Promise<void> {
  served.kill('SIGKILL')
  await once(served, 'exit')
}

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${address.app}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const value = (await answer.json()) as T
  if (!answer.ok) throw new Error(JSON.stringify(value))
  return value
}

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'trackside-replay-'))
  sink = await startSink()
  await serve()
})

afterAll(async () => {
  if (served.exitCode === null && served.signalCode === null) await kill()
  await sink.close()
  rmSync(data, { recursive: true, force: true })
})

it('brings every event to a bad destination, in order, though the engine is killed on the way', async () => {
  const padding = 'x'.repeat(900)
  const calls = story(total, 40).map((call) => ({ ...call, context: { padding } }))
  for (let start = 0; start < total; start += 400) {
    const captured = await fetch(`${address.capture}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: 'web', batch: calls.slice(start, start + 400) }),
    })
    expect(captured.status).toBe(200)
  }
  // The plan waits for analysis, too, but on a busy machine not long enough.
  await until(
    () => api<Status>('GET', '/status'),
    ({ analysedUpTo, lastEventId }) => analysedUpTo >= lastEventId,
  )
  const { id: destinationId } = await api<Destination>('POST', '/destinations', {
    name: 'Sink',
    url: sink.url,
    writeKey: 'key-of-the-sink',
    eventsPerSecond: 4000,
    concurrency: 3,
  })
  sink.behave((_, number) => {
    if (number % 10 === 0) return { status: 500 }
    if (number % 17 === 0) return { status: 429, headers: { 'retry-after': '0.2' } }
    return { afterMs: 20 }
  })
  const { plan, replay } = await api<{ plan: ReplayPlan; replay: Replay }>('POST', '/replays', {
    query: 'event:"Step Taken"',
    destinationId,
    start: true,
  })
  expect(plan).toMatchObject({ events: total, users: 40 })

  const look = () => api<Replay>('GET', `/replays/${replay.id}`)
  for (let death = 1; death <= deaths; death += 1) {
    await until(
      () => sink.accepted.length,
      (count) => count > (death * total) / (deaths + 2),
    )
    await kill()
    await serve()
  }
  const end = await until(look, ({ state }) => state !== 'running')
  expect(end).toMatchObject({ state: 'done', total, sent: total, failed: 0, skipped: 0 })

  const steps = new Map<unknown, number>()
  const seen = new Set<unknown>()
  for (const { messageId, userId, properties } of sink.accepted) {
    if (seen.has(messageId)) continue
    seen.add(messageId)
    const { step } = properties as { step: number }
    expect(step).toBe((steps.get(userId) ?? -1) + 1)
    steps.set(userId, step)
  }
  expect(seen.size).toBe(total)
  // Twice came at most what was under way when it was killed: one request in each lane.
  const largest = Math.max(...sink.requests.map((request) => request.calls.length))
  expect(sink.accepted.length - total).toBeLessThanOrEqual(deaths * 3 * largest)

  const { outcomes } = await api<{ outcomes: Outcome[] }>('GET', `/replays/${replay.id}/outcomes?limit=1`)
  expect(outcomes).toMatchObject([{ eventId: 1, outcome: 'sent', status: 200 }])
  const event = await api<{ replays: { outcome: string }[] }>('GET', '/events/1')
  expect(event.replays).toMatchObject([{ replayId: replay.id, destinationName: 'Sink', outcome: 'sent' }])
})
