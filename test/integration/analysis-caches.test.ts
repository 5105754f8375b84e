import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Analysis } from '../../electron/engine/analysis/analysis.ts'
import { isStorageError, migrate } from '../../electron/engine/store/database.ts'
import { Writer } from '../../electron/engine/threads/writer-methods.ts'
import type { Fault } from '../../shared/contract/settings.ts'
import { defaultLintConfig } from '../../shared/lint/index.ts'
import { rawRequest } from '../fixtures/raw-request.ts'
import { requestsOfACrowd } from './crowd.ts'
import { derivedTables, differences, namesOfDerivedTables } from './derived-tables.ts'
import { FailingWrites } from './failing-writes.ts'
import { requestsOfFewPeople } from './few-people.ts'
import type { SentRequest } from './few-people.ts'

// Analysis has much of what it has written in mind, so that it need not read it again. It derives the same as if it read
// all of it each time: wherever a slice ends or fails, and whenever the engine is started anew.

/** How a slice ends: after so many events; where it is to fail, after so many writes, by its own fault or the disk's. */
interface SliceEnd {
  events: number
  writes: number
  isDiskFull: boolean
}

const sliceEnds = fc.array(
  fc.record({
    events: fc.integer({ min: 1, max: 40 }),
    writes: fc.integer({ min: 0, max: 300 }),
    isDiskFull: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

/** One after the other, and from the first again. */
function inTurn(ends: readonly SliceEnd[]): () => SliceEnd {
  let turn = 0
  return () => {
    const end = ends[turn % ends.length]
    if (end === undefined) throw new Error('There are no slices')
    turn += 1
    return end
  }
}

const refusal: Fault = {
  on: true,
  source: null,
  answer: { kind: 'status', status: 503, retryAfterSeconds: null },
  when: { kind: 'share', percent: 100 },
}

interface Log {
  database: Database.Database
  /** Its last event. */
  last: number
}

/** A log of these requests as capture appends them. */
function logOf(requests: readonly SentRequest[]): Log {
  const database = new Database(':memory:')
  migrate(database)
  const writer = new Writer(database)
  let receivedAt = Date.UTC(2026, 0, 15, 9, 30, 2)
  for (const { laterMs, source, calls, batch, isRefused } of requests) {
    receivedAt += laterMs
    const [first] = calls
    const sent =
      calls.length === 1 ? { ...first, writeKey: source } : { ...batch, writeKey: source, batch: calls }
    writer.methods.setFaults(isRefused ? [refusal] : [])
    writer.appendAll([{ ticket: 1, raw: rawRequest(Buffer.from(JSON.stringify(sent)), { receivedAt }) }])
  }
  return { database, last: writer.lastEventId }
}

/** Analysis as it is when the engine has just started. */
function started({ database }: Log): Analysis {
  const analysis = new Analysis(database)
  analysis.follow(defaultLintConfig)
  return analysis
}

function fromTheBeginning(log: Log): Analysis {
  const analysis = started(log)
  analysis.restart()
  return analysis
}

/** Takes so many events, or fewer where analysis is careful; false when none were left. */
function slice(analysis: Analysis, { last }: Log, events: number): boolean {
  let taken = 0
  return analysis.slice(last, () => (taken += 1) >= events)
}

function inSlices(log: Log, next: () => Pick<SliceEnd, 'events'>): void {
  const analysis = fromTheBeginning(log)
  while (slice(analysis, log, next().events));
}

function withRestarts(log: Log, next: () => Pick<SliceEnd, 'events'>): void {
  fromTheBeginning(log)
  while (slice(started(log), log, next().events));
}

/** Each slice fails, unless it has not so many writes, and is taken again. */
function withFailures(log: Log, next: () => SliceEnd): void {
  const writes = new FailingWrites(log.database, namesOfDerivedTables(log.database))
  const analysis = fromTheBeginning(log)
  // After a fault of its own, analysis takes the events of the slice one by one. One that fails then as well is passed,
  // and what is derived is rightly something else.
  let careUpTo = 0
  while (analysis.upTo < log.last) {
    const { events, writes: possible, isDiskFull } = next()
    const begin = analysis.upTo
    if (isDiskFull || begin >= careUpTo)
      writes.failAfter(possible, isDiskFull ? 'SQLITE_FULL' : 'SQLITE_ERROR')
    try {
      slice(analysis, log, events)
    } catch (error) {
      if (!isStorageError(error)) throw error
    }
    const hasFailed = writes.stop()
    if (hasFailed && !isDiskFull) careUpTo = begin + events
    slice(analysis, log, events)
  }
  writes.remove()
  expect(analysis.failures).toBe(0)
}

/** Analyses one log in several ways and holds what they derive against each other; gives back which rules found something. */
function compare(requests: readonly SentRequest[], ways: Record<string, (log: Log) => void>): string[] {
  const log = logOf(requests)
  try {
    inSlices(log, () => ({ events: log.last }))
    const derived = derivedTables(log.database)
    for (const [way, analyse] of Object.entries(ways)) {
      analyse(log)
      expect(differences(derived, derivedTables(log.database)), way).toEqual({})
    }
    const rules = log.database.prepare<[], { rule: string }>('SELECT DISTINCT rule FROM problem').all()
    return rules.map(({ rule }) => rule)
  } finally {
    log.database.close()
  }
}

describe('the same is derived', () => {
  it('wherever slices end or fail, and after each restart', () => {
    const found = new Set<string>()
    fc.assert(
      fc.property(requestsOfFewPeople, sliceEnds, (requests, ends) => {
        const rules = compare(requests, {
          'one by one': (log) => inSlices(log, () => ({ events: 1 })),
          'in slices': (log) => inSlices(log, inTurn(ends)),
          'with restarts': (log) => withRestarts(log, inTurn(ends)),
          'with failures': (log) => withFailures(log, inTurn(ends)),
        })
        for (const rule of rules) found.add(rule)
      }),
      // The last is for shrinking: what is found by then is told before the test has taken too long.
      { numRuns: 20, interruptAfterTimeLimit: 45_000 },
    )
    // What depends on the past has come up, or the logs say nothing any more.
    expect([...found]).toEqual(
      expect.arrayContaining([
        ...['identity/before-identify', 'identity/conflict', 'account/unknown', 'account/foreign'],
        ...['account/missing', 'delivery/duplicate', 'delivery/double-fired', 'naming/near-duplicate'],
        'metadata/key-casing',
      ]),
    )
  })

  it('where more come than can be kept in mind', () => {
    const rules = compare(requestsOfACrowd(1_050), {
      'in slices': (log) => inSlices(log, () => ({ events: 500 })),
      'with restarts': (log) => withRestarts(log, () => ({ events: 2_000 })),
    })
    expect(rules).toEqual(expect.arrayContaining(['account/missing', 'account/foreign', 'identity/conflict']))
  })
})
