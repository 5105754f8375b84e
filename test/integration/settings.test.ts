import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Settings } from '../../shared/contract/settings.ts'
import { RunningEngine } from './running-engine.ts'
import { databaseFile } from '../../electron/engine/store/database.ts'
import Database from 'better-sqlite3'

let engine: RunningEngine
beforeAll(async () => {
  engine = await RunningEngine.start()
})
afterAll(() => engine.close())

const settings = (): Promise<Settings> => engine.api('/settings')
const change = (fields: unknown): Promise<Settings> => engine.api('/settings', 'PATCH', fields)

/** Switched off, so that the calls of other tests are answered as ever. */
const unavailable: Fault = {
  on: false,
  source: 'web',
  answer: { kind: 'status', status: 503, retryAfterSeconds: null },
  when: { kind: 'share', percent: 5 },
}

describe('settings', () => {
  test('are their defaults until somebody changes them', async () => {
    expect(await settings()).toEqual({ faults: [], https: false, lint: {} })
  })

  test('a change leaves alone what it does not name, and survives a restart', async () => {
    expect(await change({ faults: [unavailable] })).toEqual({ faults: [unavailable], https: false, lint: {} })
    await engine.restart()
    expect(await settings()).toEqual({ faults: [unavailable], https: false, lint: {} })
    expect(await change({})).toEqual({ faults: [unavailable], https: false, lint: {} })
  })

  test('changes at the same moment are all kept', async () => {
    const percents = [1, 2, 3, 4, 5, 6, 7, 8]
    await Promise.all([
      ...percents.map((percent) =>
        change({ faults: [{ ...unavailable, when: { kind: 'share', percent } }] }),
      ),
      change({ https: false }),
    ])
    const { faults } = await settings()
    expect(faults).toHaveLength(1)
    await engine.restart()
    expect((await settings()).faults).toEqual(faults)
  })

  test('a fault that leaves something out gets it by default: on, for all sources, always', async () => {
    const { faults } = await change({ faults: [{ on: false, answer: { kind: 'status', status: 500 } }] })
    expect(faults).toEqual([
      {
        on: false,
        source: null,
        answer: { kind: 'status', status: 500, retryAfterSeconds: null },
        when: { kind: 'share', percent: 100 },
      },
    ])
  })

  test.each([
    ['a field that does not exist', { fault: [] }],
    ['a status that no fault answers', { faults: [{ answer: { kind: 'status', status: 418 } }] }],
    ['a share of more than all', { faults: [{ ...unavailable, when: { kind: 'share', percent: 101 } }] }],
    ['a misspelt part of a fault', { faults: [{ ...unavailable, sorce: 'web' }] }],
    ['no settings at all', []],
  ])('are not changed by %s', async (_what, fields) => {
    const before = await settings()
    await expect(change(fields)).rejects.toThrow('INPUT_INVALID')
    expect(await settings()).toEqual(before)
  })

  test('one that can’t be read any more has its default, and does not keep the engine from starting', async () => {
    await change({ faults: [unavailable] })
    await engine.restart(() => {
      const database = new Database(databaseFile(engine.data))
      database.prepare("UPDATE setting SET value = '{\"broken' WHERE key = 'faults'").run()
      database.close()
    })
    expect(await settings()).toEqual({ faults: [], https: false, lint: {} })
  })
})
