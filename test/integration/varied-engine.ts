import type { Destination, Replay } from '../../shared/contract/schemas.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import type { EventDetail } from '../../shared/event.ts'
import { startSink } from '../unit/replay/sink.ts'
import { until } from '../unit/replay/workshop.ts'
import { serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'
import { variedRequests } from './varied-requests.ts'

export interface VariedEngine {
  engine: ServedEngine
  /** All of its events in full, in the order of the log. */
  events: readonly EventDetail[]
  stop(): Promise<void>
}

/** An engine that has captured all kinds of calls, has answered some of them wrongly on purpose, and has replayed some of them, with and without success. */
export async function serveVariedEngine(): Promise<VariedEngine> {
  const engine = await serveEngine()
  const sink = await startSink()
  await engine.api<Settings>('PATCH', '/settings', {
    faults: [
      { source: 'query-key', answer: { kind: 'status', status: 503 } },
      { source: 'rudder', answer: { kind: 'slow', delayMs: 1 } },
    ],
  })
  for (const { path, body } of variedRequests) {
    await fetch(engine.address.capture + path, { method: 'POST', body })
  }
  await engine.analysed()
  const { id: destinationId } = await engine.api<Destination>('POST', '/destinations', {
    name: 'Sink',
    url: sink.url,
    writeKey: 'key-of-the-sink',
  })
  sink.behave(({ calls }) => (calls.some((call) => call['userId'] === 'ole') ? { status: 400 } : {}))
  for (const query of ['event:"Deal Won"', 'event:"Deal Lost" user:ole']) {
    const { replay } = await engine.api<{ replay: Replay }>('POST', '/replays', {
      query,
      destinationId,
      start: true,
    })
    await until(
      () => engine.get<Replay>(`/replays/${replay.id}`),
      ({ state }) => state !== 'running',
    )
  }
  const ids = (await engine.events()).map(({ id }) => id)
  return {
    engine,
    events: await Promise.all(ids.map((id) => engine.get<EventDetail>(`/events/${id}`))),
    stop: async () => {
      await engine.stop()
      await sink.close()
    },
  }
}
