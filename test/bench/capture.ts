import { Child } from './child.ts'
import { EngineProcess } from './engine-process.ts'
import { flood, floodGenerator, steady } from './load.ts'
import { printSteady, steadyPace } from './steady.ts'
import { threadTimes, usedBetween } from './processor-time.ts'
import type { ProcessorTime } from './processor-time.ts'
import type { RequestFile } from './requests.ts'
import { writeBatches, writeSingleCalls } from './requests.ts'
import { median } from './statistics.ts'
import { count, decimal, ofRounds, printNote, printTable } from './table.ts'

const rounds = 4
const warmUpSeconds = 1
const measuredSeconds = 3
/** How long analysis is given to catch up after a flood, in milliseconds. */
const catchUpMs = 10_000

interface Flood {
  name: string
  /** What is counted: requests of a single call, or the events of batches. */
  unit: string
  requests: RequestFile
  connections: number
  target: number
}

/** Of one round. */
interface Round {
  perSecond: number
  /** All that was sent, with the warm-up. */
  events: number
  /** Microseconds on a core for each request or event. */
  processor: ProcessorTime
}

/** Where analysis was when a flood ended, and how it caught up. */
interface CatchUp {
  captured: number
  behind: number
  eventsPerSecond: number
  /** Of the flood's time, what the writer gave to analysis: as long as it took for as many events afterwards. */
  share: number
}

interface Outcome {
  flood: Flood
  ours: Round[]
  theirs: Round[]
  catchUp: CatchUp
}

/** Captured calls a second beside a bare server, latency at a steady rate, and how analysis follows without being in the way. */
export async function benchCapture(folder: string): Promise<void> {
  const singles = writeSingleCalls(folder)
  const batches = writeBatches(folder)
  const bare = new Child<string>('bare-server.ts', null)
  try {
    const bareUrl = await bare.next()
    const floods: Flood[] = [
      { name: 'single calls', unit: 'requests/s', requests: singles, connections: 64, target: 0.5 },
      {
        name: `batches of ${batches.events}`,
        unit: 'events/s',
        requests: batches,
        connections: 16,
        target: 0.3,
      },
    ]
    const outcomes: Outcome[] = []
    for (const one of floods) outcomes.push(await alternate(one, bareUrl, bare.pid))
    printFloods(outcomes)
    await benchFewSenders(singles, batches)
    await benchSteady(bareUrl, singles)
    await benchFollowing(singles, batches)
  } finally {
    await bare.kill()
  }
}

function printFloods(outcomes: readonly Outcome[]): void {
  const speeds = (all: readonly Round[]): number[] => all.map(({ perSecond }) => perSecond)
  printTable(
    `capture: a flood for ${measuredSeconds} s, ${rounds} rounds by turns`,
    ['', 'body', 'Trackside', 'bare node:http', '', 'ratio', 'target'],
    outcomes.map(({ flood: { name, unit, requests, target }, ours, theirs }) => [
      name,
      `${count(requests.bytes)} B`,
      ofRounds(speeds(ours)),
      ofRounds(speeds(theirs)),
      unit,
      decimal(median(speeds(ours)) / median(speeds(theirs)), 2),
      decimal(target, 2),
    ]),
  )
  const connections = outcomes.map(({ flood: one }) => `${one.connections} connections for ${one.name}`)
  printNote(`Load: ${floodGenerator}; ${connections.join(', ')}.`)
  printNote('The bare server parses the JSON and forgets it; Trackside answers after the commit.')

  const used = (all: readonly Round[], part: keyof ProcessorTime): string =>
    decimal(median(all.map(({ processor }) => processor[part])), 1)
  printTable(
    'capture: µs on a core for each call of it',
    ['', 'main thread', 'writer', 'others', 'bare: main thread', 'others'],
    outcomes.map(({ flood: { name }, ours, theirs }) => [
      name,
      used(ours, 'main'),
      used(ours, 'busiest'),
      used(ours, 'others'),
      used(theirs, 'main'),
      decimal(median(theirs.map(({ processor }) => processor.busiest + processor.others)), 1),
    ]),
  )
  printNote('Less noisy than a rate where other programs run. The writer’s part has some analysis in it.')

  printTable(
    'capture: analysis behind the flood',
    ['', 'captured', 'behind at its end', 'analysed afterwards', 'caught up after', 'of the writer’s time'],
    outcomes.map(({ flood: { name }, catchUp: { captured, behind, eventsPerSecond, share } }) => [
      name,
      count(captured),
      count(behind),
      `${count(eventsPerSecond)} events/s`,
      `${decimal(behind / eventsPerSecond, 1)} s`,
      `${decimal(share * 100, 1)} %`,
    ]),
  )
  printNote(`Analysis was watched for ${catchUpMs / 1000} s at most; beyond that, the time is worked out.`)
  printNote('The writer’s time is what analysis takes from capture while the flood lasts.')
}

/** Rounds by turns, so that what else happens on the machine hits both. Each of ours has a new engine and log. */
async function alternate(one: Flood, bareUrl: string, barePid: number): Promise<Outcome> {
  const outcome: Outcome = {
    flood: one,
    ours: [],
    theirs: [],
    catchUp: { captured: 0, behind: 0, eventsPerSecond: Number.NaN, share: Number.NaN },
  }
  for (let round = 1; round <= rounds; round += 1) {
    const engine = await EngineProcess.start()
    try {
      const ours = await floodOnce(one, engine.address.capture, engine.address.pid)
      outcome.ours.push(ours)
      const { events } = await engine.status()
      if (events < ours.events)
        throw new Error(`${ours.events} events were answered with 200, and ${events} are in the log`)
      if (round === rounds) outcome.catchUp = await watchAnalysis(engine)
    } finally {
      await engine.kill()
    }
    outcome.theirs.push(await floodOnce(one, bareUrl, barePid))
  }
  return outcome
}

async function floodOnce(
  { requests, connections }: Pick<Flood, 'requests' | 'connections'>,
  url: string,
  pid: number,
): Promise<Round> {
  const warmUp = await flood(url, requests.file, connections, warmUpSeconds)
  const before = threadTimes(pid)
  const result = await flood(url, requests.file, connections, measuredSeconds)
  const used = usedBetween(pid, before, threadTimes(pid))
  const calls = result.requests * requests.events
  return {
    perSecond: (calls * 1000) / result.ms,
    events: warmUp.requests * requests.events + calls,
    processor: {
      main: (used.main * 1000) / calls,
      busiest: (used.busiest * 1000) / calls,
      others: (used.others * 1000) / calls,
    },
  }
}

async function watchAnalysis(engine: EngineProcess): Promise<CatchUp> {
  const begin = performance.now()
  const first = await engine.status()
  const last = await engine.analysed(catchUpMs)
  const eventsPerMs = (last.analysedUpTo - first.analysedUpTo) / (performance.now() - begin)
  return {
    captured: first.lastEventId,
    behind: first.lastEventId - first.analysedUpTo,
    eventsPerSecond: eventsPerMs * 1000,
    share: first.analysedUpTo / eventsPerMs / ((warmUpSeconds + measuredSeconds) * 1000),
  }
}

async function benchSteady(bareUrl: string, { file }: RequestFile): Promise<void> {
  const engine = await EngineProcess.start()
  try {
    const ours = await steady(engine.address.capture, file, steadyPace)
    const { lastEventId, analysedUpTo } = await engine.status()
    const theirs = await steady(bareUrl, file, steadyPace)
    printSteady('capture', [
      ['Trackside', ours],
      ['bare node:http', theirs],
    ])
    printNote(`At the end analysis was ${count(lastEventId - analysedUpTo)} events behind.`)
  } finally {
    await engine.kill()
  }
}

/** What analysis takes from few senders who wait for their answers: they leave the writer most of its time. */
async function benchFewSenders(singles: RequestFile, batches: RequestFile): Promise<void> {
  const rows: string[][] = []
  for (const [name, requests, connections] of [
    ['single calls, 1 connection', singles, 1],
    ['single calls, 4 connections', singles, 4],
    ['batches of 100, 1 connection', batches, 1],
  ] as const) {
    const engine = await EngineProcess.start()
    try {
      const { capture, pid } = engine.address
      const { perSecond } = await floodOnce({ requests, connections }, capture, pid)
      const { share } = await watchAnalysis(engine)
      rows.push([name, `${count(perSecond)} events/s`, `${decimal(share * 100, 1)} %`])
    } finally {
      await engine.kill()
    }
  }
  printTable(
    'capture: few senders, each as fast as it is answered',
    ['', 'captured', 'of the writer’s time'],
    rows,
  )
}

/** Whether analysis follows what comes at a rate, answered or not. */
async function benchFollowing(singles: RequestFile, batches: RequestFile): Promise<void> {
  const rows: string[][] = []
  for (const [name, { file, events }, perSecond] of [
    ['batches of 100', batches, 100],
    ['single calls', singles, 3_000],
  ] as const) {
    const engine = await EngineProcess.start()
    try {
      const begin = performance.now()
      const { p50, p99 } = await steady(engine.address.capture, file, { ...steadyPace, perSecond })
      const seconds = (performance.now() - begin) / 1_000
      const { lastEventId, analysedUpTo } = await engine.status()
      rows.push([
        `${count(perSecond * events)} events/s in ${name}`,
        `${count(analysedUpTo / seconds)} events/s`,
        count(lastEventId - analysedUpTo),
        decimal(p50, 1),
        decimal(p99, 1),
      ])
    } finally {
      await engine.kill()
    }
  }
  printTable(
    `capture: analysis of what keeps coming, for ${steadyPace.seconds + steadyPace.warmUpSeconds} s`,
    ['', 'analysed', 'behind at its end', 'answers: p50, ms', 'p99, ms'],
    rows,
  )
}
