import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { SearchIndex } from '../../../electron/engine/search/search-index.ts'
import { registerWordMatching } from '../../../electron/engine/search/word-matching.ts'
import { migrate } from '../../../electron/engine/store/database.ts'
import { wholeLog } from '../../../electron/engine/store/queries/id-windows.ts'
import { ensureSearch } from '../../../electron/engine/store/search-file.ts'
import { foundInSearch, searchTerm, soughtWords } from '../../../electron/engine/store/search-partitions.ts'

const partitionEvents = 16_384
const texts = new Map([
  [1, 'Order Placed'],
  [partitionEvents - 1, 'Order Paid'],
  [partitionEvents, 'Order placed again'],
  [partitionEvents + 1, 'Orders Listed'],
  [1_600_000 * partitionEvents, 'ÖRDER Placed 0001order'],
])
const [one, beforeEdge, edge, afterEdge, far] = [...texts.keys()]

let database: Database.Database
let find: (text: string, isPrefix: boolean, window?: { above: number; upTo: number }) => number[]

beforeAll(() => {
  database = new Database(':memory:')
  migrate(database)
  registerWordMatching(database)
  ensureSearch(database)
  // An index of all that there is.
  database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('event', ?)").run(far)
  database.prepare('UPDATE search_progress SET log_id = (SELECT id FROM indexed_log), up_to = ?').run(far)
  const index = new SearchIndex(database)
  for (const [id, text] of texts) index.add(id, text)
  index.flush()
  const found = database.prepare<unknown[], number>(foundInSearch).pluck()
  find = (text, isPrefix, window = wholeLog) =>
    found.all(searchTerm(text, isPrefix), soughtWords(text, isPrefix), window).sort((a, b) => a - b)
})

describe('a word in the index', () => {
  it('is found in each partition, whole or begun', () => {
    expect(find('order', false)).toEqual([one, beforeEdge, edge])
    expect(find('ord', false)).toEqual([])
    expect(find('ord', true)).toEqual([one, beforeEdge, edge, afterEdge])
  })

  it('is found in whatever case, beyond ASCII too', () => {
    expect(find('örder', false)).toEqual([far])
    expect(find('ÖRD', true)).toEqual([far])
  })

  it('is found next to another one', () => {
    expect(find('order placed', false)).toEqual([one, edge])
    expect(find('Order Pla', true)).toEqual([one, edge])
    expect(find('placed order', false)).toEqual([])
  })

  it('is found within a window only, at its edges and where it is one event', () => {
    expect(find('order', false, { above: 1, upTo: partitionEvents })).toEqual([beforeEdge, edge])
    expect(find('order', false, { above: partitionEvents - 1, upTo: partitionEvents })).toEqual([edge])
    expect(find('order', false, { above: partitionEvents - 2, upTo: partitionEvents - 1 })).toEqual([
      beforeEdge,
    ])
    expect(find('order', false, { above: partitionEvents, upTo: partitionEvents })).toEqual([])
  })

  it('may read like a partition', () => {
    expect(find('0001order', false)).toEqual([far])
    expect(find('0001', true)).toEqual([far])
    expect(find('0', true)).toEqual([far])
  })
})
