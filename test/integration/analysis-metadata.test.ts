import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JsonObject, Problem, TracksideEvent } from '../../shared/event.ts'
import { RunningEngine } from './running-engine.ts'

// What the rules on metadata know of the events before one: within a batch, across batches, and after a restart.

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

const report = (properties: JsonObject): JsonObject => ({
  type: 'track',
  event: 'Report Exported',
  userId: 'u1',
  properties,
})

const usual = Array.from({ length: 20 }, (_, index) => report({ rows: index, format: 'csv' }))

async function send(batch: readonly JsonObject[], source = 'web'): Promise<void> {
  await engine.post('/v1/batch', { batch }, [['X-Write-Key', source]])
}

/** What the rules on metadata find; these calls say too little about who made them for those on identity. */
const ofMetadata = ({ problems }: TracksideEvent): Problem[] =>
  problems.filter(({ rule }) => rule.startsWith('metadata/'))

/** Which of these problems the events have that were sent last. */
async function found(last: number): Promise<[rule: string, path: string, suggestion: string | null][]> {
  const events = (await engine.events()).slice(-last)
  return events
    .flatMap(ofMetadata)
    .map(({ rule, path, suggestion }): [string, string, string | null] => [rule, path, suggestion])
}

it('a change of type is found in the batch that makes it', async () => {
  await send([...usual, report({ rows: 'all', format: 'csv' })])
  expect(await found(21)).toEqual([['metadata/type-drift', 'properties.rows', null]])
})

it('a change of type and an empty value are found when the past is older than the engine', async () => {
  await send([...usual, report({ rows: 1, format: '' })])
  await engine.analysed()
  await engine.restart()
  await send([report({ rows: true, format: null })])
  expect(await found(1)).toEqual([
    ['metadata/type-drift', 'properties.rows', null],
    ['metadata/empty-value', 'properties.format', null],
  ])
})

it('what is empty as often as not is no problem, however long ago it was', async () => {
  await send([...usual, ...usual.map(() => report({ rows: 1, format: '' }))])
  const before = (await found(40)).length
  await engine.restart()
  await send([report({ rows: 1, format: '' })])
  expect(await found(1)).toEqual([])
  // Those that came first could not be known to be no exceptions.
  expect(before).toBeGreaterThan(0)
})

it('keys are held against the style of their own source, also after a restart', async () => {
  const snake = Array.from({ length: 60 }, () => report({ row_count: 1, file_format: 'csv' }))
  await send(snake, 'web')
  await send([report({ rowCount: 1, fileFormat: 'csv' })], 'mobile')
  await send([report({ rowCount: 1 })], 'web')
  expect(await found(2)).toEqual([['metadata/key-casing', 'properties.rowCount', 'row_count']])
  await engine.restart()
  await send([report({ fileFormat: 'csv' })], 'web')
  expect(await found(1)).toEqual([['metadata/key-casing', 'properties.fileFormat', 'file_format']])
})

it('the same is found when the past is read anew', async () => {
  await send([...usual, report({ rows: 'all', format: '' }), report({ rowCount: 1, row_count: 2 })])
  const first = await found(22)
  const all = await engine.events()
  await engine.api('/events?query=id:1', 'DELETE')
  const again = await engine.events()
  expect(again.map(ofMetadata)).toEqual(
    all.slice(1).map((event) =>
      // One of the earlier events is gone.
      ofMetadata(event).map((problem) => ({ ...problem, message: problem.message.replace(' 20 ', ' 19 ') })),
    ),
  )
  expect(first.map(([rule]) => rule)).toEqual([
    'metadata/type-drift',
    'metadata/empty-value',
    'metadata/key-casing',
  ])
})
