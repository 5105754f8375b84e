import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchCondition } from '../../../electron/engine/store/queries/searched-words.ts'

let database: Database.Database

const people: [id: string, name: string, traits: Record<string, unknown>][] = [
  ['jane', 'Jane Cooper', { plan: 'pro', city: 'Köln', motto: 'say "hi" \\o/' }],
  ['marvin', 'Marvin Bell', { plan: 'free', product: 'pro', discount: '50%', address: { city: 'Bonn' } }],
  ['robert', 'Robert_Fox', { seats: 12, admin: true }],
]

beforeAll(() => {
  database = new Database(':memory:')
  database.exec('CREATE TABLE person (id TEXT, name TEXT, traits TEXT)')
  const insert = database.prepare('INSERT INTO person VALUES (?, ?, ?)')
  for (const [id, name, traits] of people) insert.run(id, name, JSON.stringify(traits))
})

afterAll(() => database.close())

function found(search: string): unknown[] {
  const { where, params } = searchCondition(search, ['name'], (pattern) => `id LIKE ${pattern} ESCAPE '\\'`)
  return database.prepare(`SELECT id FROM person WHERE ${where} ORDER BY id`).pluck().all(params)
}

describe('a search for people', () => {
  it.each<[search: string, ids: string[]]>([
    ['', ['jane', 'marvin', 'robert']],
    ['   ', ['jane', 'marvin', 'robert']],
    ['COOPER', ['jane']],
    ['cooper jane', ['jane']],
    ['jane bell', []],
    ['marvin free', ['marvin']],
    ['bonn', ['marvin']],
    ['köln', ['jane']],
    ['plan:pro', ['jane']],
    ['PLAN:Pro', ['jane']],
    ['seats:12', ['robert']],
    ['plan:', []],
    [':', ['jane', 'marvin', 'robert']],
    ['"hi"', ['jane']],
    ['\\o/', ['jane']],
    ['50%', ['marvin']],
    ['t_f', ['robert']],
    ["'; DROP TABLE person; --", []],
  ])('for “%s” finds %j', (search, ids) => {
    expect(found(search)).toEqual(ids)
  })
})
