import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { migrate } from '../../../electron/engine/store/database.ts'
import { readerMethods } from '../../../electron/engine/threads/reader-methods.ts'
import { Writer } from '../../../electron/engine/threads/writer-methods.ts'
import { defaultLintConfig, ruleById } from '../../../shared/lint/index.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

const withoutCasing: LintConfig = { ...defaultLintConfig, rules: { 'naming/casing': 'off' } }
const withoutNames: LintConfig = {
  ...defaultLintConfig,
  rules: { 'naming/casing': 'off', 'naming/object-action': 'off' },
}

let now: number
let database: Database.Database
let writer: Writer

function append(count: number): void {
  const batch = Array.from({ length: count }, () => ({
    type: 'track',
    event: 'step_taken',
    userId: 'user-1',
    properties: { step: 1 },
  }))
  const body = Buffer.from(JSON.stringify({ writeKey: 'web', batch }))
  writer.appendAll([{ ticket: 1, raw: rawRequest(body) }])
}

function start(): void {
  writer = new Writer(database, () => now)
}

const position = () => writer.methods.position(null)
const problemRules = (): string[] =>
  database
    .prepare<[], { rule: string }>('SELECT DISTINCT rule FROM problem_group ORDER BY rule')
    .all()
    .map(({ rule }) => rule)

function catchUp(): void {
  while (writer.analysisDueIn === 0) writer.analyseSlice(5)
}

beforeEach(() => {
  now = 5_000
  database = new Database(':memory:')
  migrate(database)
  start()
  writer.methods.setLintConfig(defaultLintConfig)
  append(10)
  catchUp()
})
afterEach(() => {
  vi.restoreAllMocks()
  database.close()
})

describe('the past', () => {
  it('is judged by nothing until somebody has said by what', () => {
    append(5)
    start()
    expect(writer.analysisDueIn).toBe(null)
    writer.analyseSlice(5)
    expect(position().analysedUpTo).toBe(10)
    writer.methods.setLintConfig(defaultLintConfig)
    catchUp()
    expect(position()).toMatchObject({ analysedUpTo: 15, rejudging: null })
  })

  it('is judged anew after a change, and it can be seen how far that is', () => {
    expect(problemRules()).toContain('naming/casing')
    writer.methods.setLintConfig(withoutCasing)
    expect(position()).toMatchObject({ analysedUpTo: 0, rejudging: { upTo: 0, of: 10 } })
    append(3)
    now += 2_000
    writer.analyseSlice(5, () => true)
    expect(position()).toMatchObject({ analysedUpTo: 1, rejudging: { upTo: 1, of: 13 } })
    catchUp()
    expect(position()).toMatchObject({ analysedUpTo: 13, rejudging: null })
    expect(problemRules()).not.toContain('naming/casing')
  })

  it('is thrown away once for several changes in a row', () => {
    const { deletions } = position()
    for (const config of [withoutCasing, withoutNames, withoutCasing, withoutNames]) {
      writer.methods.setLintConfig(config)
      now += 100
      catchUp()
    }
    expect(position().deletions).toBe(deletions)
    now += 300
    catchUp()
    expect(position()).toMatchObject({ deletions: deletions + 1, analysedUpTo: 10, rejudging: null })
    expect(problemRules()).not.toContain('naming/object-action')
  })

  it('does not wait for ever for changes to come to an end', () => {
    for (let change = 0; change < 40; change += 1) {
      writer.methods.setLintConfig(change % 2 === 0 ? withoutCasing : withoutNames)
      now += 100
      catchUp()
    }
    expect(position().deletions).toBeGreaterThan(0)
  })

  it('stands where a change is undone at once', () => {
    const { deletions } = position()
    writer.methods.setLintConfig(withoutCasing)
    now += 100
    writer.methods.setLintConfig(defaultLintConfig)
    expect(position()).toMatchObject({ analysedUpTo: 10, rejudging: null, deletions })
    now += 5_000
    catchUp()
    expect(position().deletions).toBe(deletions)
  })

  it('is not read again by a start with the same agreement, but by one with another', () => {
    start()
    writer.methods.setLintConfig({ ...defaultLintConfig, rules: { 'naming/casing': 'warning' } })
    expect(position()).toMatchObject({ analysedUpTo: 10, rejudging: null })
    start()
    writer.methods.setLintConfig(withoutCasing)
    expect(position()).toMatchObject({ analysedUpTo: 0, rejudging: { upTo: 0, of: 10 } })
  })

  it('is read on where a crash has left it', () => {
    writer.methods.setLintConfig(withoutCasing)
    now += 2_000
    writer.analyseSlice(5, () => true)
    writer.analyseSlice(5, () => true)
    start()
    writer.methods.setLintConfig(withoutCasing)
    expect(position()).toMatchObject({ analysedUpTo: 2, rejudging: { upTo: 2, of: 10 } })
    catchUp()
    expect(position()).toMatchObject({ analysedUpTo: 10, rejudging: null })
  })
})

describe('a rule that throws', () => {
  it('is told with its event, loses none, and stops nothing', () => {
    const rule = ruleById('metadata/none')
    expect(rule).not.toBeNull()
    if (rule === null) return
    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(rule, 'check').mockImplementation(() => {
      throw new Error('a slip of ours')
    })
    append(3)
    catchUp()
    expect(position()).toMatchObject({ analysedUpTo: 13, failures: 3, trouble: null })
    expect(problemRules()).toContain('naming/casing')
    const failed = () => readerMethods(database).failedRules(null)
    expect(failed()).toEqual([{ rule: 'metadata/none', count: 3, eventId: 13, message: 'a slip of ours' }])
    // Said once, not three times.
    expect(console.error).toHaveBeenCalledOnce()

    start()
    expect(position().failures).toBe(3)
    vi.restoreAllMocks()
    writer.methods.setLintConfig(defaultLintConfig)
    writer.methods.rebuild(null)
    catchUp()
    expect(position().failures).toBe(0)
    expect(failed()).toEqual([])
  })
})
