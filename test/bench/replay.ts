import type { Destination, Replay } from '../../shared/contract/schemas.ts'
import type { BareSenderInput } from './bare-sender.ts'
import { Child } from './child.ts'
import { EngineProcess } from './engine-process.ts'
import { sendAll } from './load.ts'
import { writeBatches } from './requests.ts'
import type { SinkReport, SinkWord } from './sink.ts'
import { median } from './statistics.ts'
import { count, decimal, ofRounds, printNote, printTable } from './table.ts'

const events = 50_000
const rounds = 4
const concurrency = 4
/** The most that a destination can be set to. */
const eventsPerSecond = 100_000
const target = 0.8
const pollMs = 10
const analysisMs = 60_000

/** Events a second of a replay to a sink beside a bare undici loop that sends the same requests to it. */
export async function benchReplay(folder: string): Promise<void> {
  const batches = writeBatches(folder)
  const engine = await EngineProcess.start()
  const sink = new Child<SinkWord>('sink.ts', null)
  const { url } = (await sink.next()) as { url: string }
  const bare = new Child<string>('bare-sender.ts', {
    url,
    connections: concurrency,
  } satisfies BareSenderInput)
  const whatCame = async (): Promise<SinkReport> => {
    const report = (await sink.ask('what came')) as SinkReport
    await sink.ask('forget')
    return report
  }
  try {
    await bare.next()
    await sendAll(engine.address.capture, batches.file, concurrency, events / batches.events)
    const { analysedUpTo, lastEventId } = await engine.analysed(analysisMs)
    if (analysedUpTo < lastEventId) throw new Error('Analysis has not caught up: users are not known')
    const destination = await engine.api<Destination>('POST', '/destinations', {
      name: 'Sink',
      url,
      writeKey: 'bench',
      eventsPerSecond,
      concurrency,
    })

    const ours: number[] = []
    const oursWithPlan: number[] = []
    const theirs: number[] = []
    const theirsCompressing: number[] = []
    let requests = 0
    // The first round warms up, and shows the bare loop what to send.
    for (let round = 0; round <= rounds; round += 1) {
      const wholeMs = await replay(engine, destination.id)
      const { ms, bodies } = await whatCame()
      if (round === 0) await bare.ask({ bodies })
      requests = bodies.length
      await bare.ask({ compresses: false })
      const sent = await whatCame()
      await bare.ask({ compresses: true })
      const compressed = await whatCame()
      if (round === 0) continue
      ours.push((events * 1000) / ms)
      oursWithPlan.push((events * 1000) / wholeMs)
      theirs.push((events * 1000) / sent.ms)
      theirsCompressing.push((events * 1000) / compressed.ms)
    }

    const ratio = (values: readonly number[]): string => decimal(median(ours) / median(values), 2)
    printTable(
      `replay: ${count(events)} events in ${count(requests)} requests to a sink, ${rounds} rounds by turns`,
      ['', 'events/s', 'Trackside to this', 'target'],
      [
        ['Trackside, first request to last answer', ofRounds(ours), '', ''],
        ['Trackside, with the plan before it', ofRounds(oursWithPlan), '', ''],
        [
          'bare undici loop, compressing as it goes',
          ofRounds(theirsCompressing),
          ratio(theirsCompressing),
          decimal(target, 2),
        ],
        ['bare undici loop, compressed beforehand', ofRounds(theirs), ratio(theirs), ''],
      ],
    )
    printNote(
      `All over ${concurrency} connections with the same bodies. A destination's limit is set to its most, ${count(eventsPerSecond)} events/s.`,
    )
  } finally {
    await Promise.all([engine.kill(), sink.kill(), bare.kill()])
  }
}

/** Replays the whole log, and gives back the milliseconds from the question to the end. */
async function replay(engine: EngineProcess, destinationId: number): Promise<number> {
  const begin = performance.now()
  const started = await engine.api<{ replay: Replay }>('POST', '/replays', {
    query: '',
    destinationId,
    start: true,
  })
  let state = started.replay
  while (state.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    state = await engine.api<Replay>('GET', `/replays/${state.id}`)
  }
  const ms = performance.now() - begin
  if (state.state !== 'done' || state.sent !== events)
    throw new Error(`${state.sent} of ${events} events were sent: ${state.state} ${state.message ?? ''}`)
  return ms
}
