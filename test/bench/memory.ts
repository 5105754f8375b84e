import { EngineProcess } from './engine-process.ts'
import type { Memory } from './engine-process.ts'
import { sendAll, steady } from './load.ts'
import { writeBatches, writeSingleCalls } from './requests.ts'
import { median, percentile } from './statistics.ts'
import { printSteady, steadyPace } from './steady.ts'
import { count, decimal, megabytes, printNote, printTable } from './table.ts'

const sampleMs = 250
const connections = 4
/** How long analysis is waited for at most: milliseconds for each event. */
const analysisMsEach = 0.4
/** For the garbage collector to come round, in milliseconds. */
const quietMs = 3_000

/** Collects what the engine holds while something goes on. */
class MemorySamples {
  readonly #engine: EngineProcess
  readonly #all: number[] = []
  readonly #own: number[] = []
  readonly #timer: NodeJS.Timeout

  constructor(engine: EngineProcess) {
    this.#engine = engine
    this.#timer = setInterval(() => this.#take(), sampleMs)
    this.#take()
  }

  /** The phase as a row: what was held at its end, and at most. */
  end(name: string): string[] {
    clearInterval(this.#timer)
    const last = this.#take()
    const own = last === null ? Number.NaN : last.all - last.ofFiles
    return [
      name,
      megabytes(last?.all ?? Number.NaN),
      megabytes(own),
      megabytes(percentile(this.#all, 1)),
      megabytes(percentile(this.#own, 1)),
    ]
  }

  #take(): Memory | null {
    const memory = this.#engine.memory()
    if (memory !== null) {
      this.#all.push(memory.all)
      this.#own.push(memory.all - memory.ofFiles)
    }
    return memory
  }
}

/** What the engine holds before, while and after so many events arrive, and how large the database becomes. */
export async function benchMemory(folder: string, events: number): Promise<void> {
  const batches = writeBatches(folder)
  const engine = await EngineProcess.start()
  try {
    const rows: string[][] = [new MemorySamples(engine).end('started')]
    const empty = (await engine.status()).bytes

    const capturing = new MemorySamples(engine)
    const begin = performance.now()
    await sendAll(engine.address.capture, batches.file, connections, Math.ceil(events / batches.events))
    const capturedMs = performance.now() - begin
    rows.push(capturing.end('capturing'))

    const analysing = new MemorySamples(engine)
    const status = await engine.analysed(events * analysisMsEach)
    const analysedMs = performance.now() - begin
    rows.push(analysing.end('analysing the rest'))

    const quiet = new MemorySamples(engine)
    await new Promise((resolve) => setTimeout(resolve, quietMs))
    rows.push(quiet.end(`${quietMs / 1000} s later`))

    printTable(
      `memory: the engine while ${count(status.events)} events arrive in batches of ${batches.events}`,
      ['', 'at its end', 'of its own', 'at most', 'of its own'],
      rows,
    )
    if (engine.memory() === null) printNote('This system does not tell what a process holds.')
    else
      printNote(
        'Not of its own are mapped pages of files, chiefly the database; the system takes them back at need.',
      )
    const behind = status.lastEventId - status.analysedUpTo
    printNote(
      `Captured in ${decimal(capturedMs / 1000, 1)} s, ` +
        (behind === 0
          ? `analysed ${decimal(analysedMs / 1000, 1)} s after the first.`
          : `${count(behind)} of them still not analysed after ${decimal(analysedMs / 1000, 0)} s.`),
    )
    const { bytes } = await engine.status()
    printNote(
      `The database has ${megabytes(bytes)}: ${count((bytes - empty) / status.events)} B an event, ` +
        `of which ${count(batches.bytes / batches.events)} B are the call as sent.`,
    )
    await benchBesideScan(engine, writeSingleCalls(folder).file, status.events)
  } finally {
    await engine.kill()
  }
}

/** No event has this value, and no index knows: each one that has the property is looked at. */
const scanned = 'properties.total_amount:>1000000000'

/** Latency of capture while one query after the other looks through the whole log. */
async function benchBesideScan(engine: EngineProcess, file: string, events: number): Promise<void> {
  const scans: number[] = []
  let isOver = false
  const scanning = (async () => {
    while (!isOver) {
      const begin = performance.now()
      await engine.api('GET', `/events?query=${encodeURIComponent(scanned)}`)
      scans.push(performance.now() - begin)
    }
  })()
  const result = await steady(engine.address.capture, file, steadyPace)
  isOver = true
  await scanning
  printSteady('memory', [['beside a query', result]])
  printNote(
    `${scans.length} queries, ${decimal(median(scans), 0)} ms each, looked through ${count(events)} events meanwhile.`,
  )
}
