import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Analysis } from '../../electron/engine/analysis/analysis.ts'
import { openForWriting } from '../../electron/engine/store/database.ts'
import type { JsonObject, TracksideEvent } from '../../shared/event.ts'
import { success } from './answers.ts'
import { RunningEngine } from './running-engine.ts'

// Two calls of one click are found wherever analysis pauses between them, and nothing else is taken for them.

let engine: RunningEngine
let sent: number

beforeEach(async () => {
  engine = await RunningEngine.start()
  sent = 0
})
afterEach(() => engine.close())

const start = Date.UTC(2026, 0, 15, 9, 30)
const at = (ms: number): string => new Date(start + ms).toISOString()

/** A call as the button `Pay` fires it, so many milliseconds after the first, under a messageId of its own. */
function click(ms: number, fields: JsonObject = {}): JsonObject {
  sent += 1
  return {
    type: 'track',
    messageId: `click-${sent}`,
    event: 'Invoice Paid',
    anonymousId: 'browser',
    properties: { total: 25, lines: [{ sku: 'a' }] },
    timestamp: at(ms),
    ...fields,
  }
}

/** Calls of somebody else, no two of them alike. */
const others = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, position) =>
    click(0, { event: 'Row Viewed', anonymousId: 'other', properties: { position } }),
  )

async function send(calls: readonly JsonObject[], source = 'web'): Promise<void> {
  const answer = await engine.post('/v1/batch', { writeKey: source, batch: calls })
  expect(answer.text).toBe(success)
}

/** Which event each of those that are found twice was fired beside. */
const pairs = (events: readonly TracksideEvent[]): [id: number, beside: number][] =>
  events.flatMap(({ id, problems }) =>
    problems
      .filter(({ rule }) => rule === 'delivery/double-fired')
      .map(({ message }): [number, number] => [id, Number(/^Event (\d+) /.exec(message)?.[1])]),
  )

const found = async (calls: readonly JsonObject[]): Promise<[id: number, beside: number][]> => {
  await send(calls)
  return pairs(await engine.events())
}

describe('a call fired twice', () => {
  it('is found in one batch, in two, and behind hundreds of others', async () => {
    expect(await found([click(0), click(80)])).toEqual([[2, 1]])
    expect(await found([click(400)])).toEqual([
      [2, 1],
      [3, 2],
    ])
    await send([...others(900), click(300)])
    expect(pairs(await engine.events('event:"Invoice Paid"')).at(-1)).toEqual([904, 3])
  })

  it('is found whichever of the two arrives first, and by the corrected clock', async () => {
    await send([click(300)])
    expect(await found([click(0)])).toEqual([[2, 1]])
    // One clock is a minute fast, but for that it is the same moment.
    const fast = { event: 'Trip Booked', sentAt: at(61_000) }
    const right = { event: 'Trip Booked', sentAt: at(1_000) }
    expect((await found([click(60_000, fast), click(20, right)])).at(-1)).toEqual([4, 3])
  })

  it('is found over a restart in between', async () => {
    await send([click(0), ...others(500)])
    await engine.restart()
    expect(await found([click(100)])).toEqual([[502, 1]])
  })

  it('is found in pages as well', async () => {
    const page = () => click(0, { type: 'page', event: undefined, name: 'Pricing' })
    expect(await found([page(), page()])).toEqual([[2, 1]])
  })

  it('is not what was fired with anything else about it', async () => {
    const differences: [what: string, fields: JsonObject][] = [
      ['another user', { anonymousId: 'another browser' }],
      ['a user of that id', { userId: 'a user of that id', anonymousId: undefined }],
      ['another account', { context: { groupId: 'acme' } }],
      ['other metadata', { properties: { total: 26, lines: [{ sku: 'a' }] } }],
      ['metadata of another type', { properties: { total: '25', lines: [{ sku: 'a' }] } }],
      ['no metadata', { properties: undefined }],
      ['another name', { event: 'Invoice Sent' }],
      ['a later moment', { timestamp: at(501) }],
      ['the same messageId', { messageId: 'first with the same messageId' }],
    ]
    const calls = differences.flatMap(([what, fields]) => {
      const own = { anonymousId: what, messageId: `first with ${what}` }
      return [click(0, own), click(0, { anonymousId: what, ...fields })]
    })
    expect(await found(calls)).toEqual([])
  })

  it('is not the same from another source, nor a call that describes somebody', async () => {
    await send([click(0)])
    await send([click(0)], 'server')
    const identify = () => click(0, { type: 'identify', event: undefined, traits: { plan: 'pro' } })
    expect(await found([identify(), identify()])).toEqual([])
  })

  it('is not looked for further back than a thousand events', async () => {
    await send([click(0), ...others(998)])
    expect(await found([click(10)])).toEqual([[1_000, 1]])
    await send([click(0, { event: 'Trip Booked' }), ...others(999)])
    expect(await found([click(10, { event: 'Trip Booked' })])).toEqual([[1_000, 1]])
  })

  it('is not one whose sender was told that it failed', async () => {
    await engine.api('/settings', 'PATCH', {
      faults: [{ answer: { kind: 'status', status: 503, retryAfterSeconds: null } }],
    })
    const { status } = await engine.post('/v1/batch', { writeKey: 'web', batch: [click(0)] })
    expect(status).toBe(503)
    await engine.api('/settings', 'PATCH', { faults: [] })
    expect(await found([click(0)])).toEqual([])
  })
})

it('the same is found wherever a slice ends, fails or is followed by a restart', async () => {
  const users = Array.from({ length: 300 }, (_, position) =>
    click(position * 20, {
      ...(position % 3 === 0 ? { userId: `u${position % 4}` } : {}),
      anonymousId: `browser-${position % 5}`,
      properties: { total: position % 2 },
      ...(position % 7 === 0 ? { context: { groupId: `acct_${position % 3}` } } : {}),
      ...(position % 11 === 0 ? { type: 'identify' } : {}),
      ...(position % 13 === 0 ? { type: 'group', groupId: `acct_${position % 2}` } : {}),
    }),
  )
  await send([{ type: 'trak' }, ...users])
  await engine.analysed()
  await engine.restart(() => {
    const database = openForWriting(engine.data)
    const last = 301
    const faults: string[] = []
    const problems = () =>
      database.prepare<[], JsonObject>('SELECT * FROM problem ORDER BY event_id, ordinal').all()
    const anew = () => {
      const analysis = new Analysis(database, ({ message }) => faults.push(message))
      analysis.restart()
      return analysis
    }
    const inOneGo = () => {
      const analysis = anew()
      while (analysis.slice(last, () => false));
      return problems()
    }
    const oneByOne = () => {
      const analysis = anew()
      while (analysis.slice(last, () => true));
      return problems()
    }
    const restarting = () => {
      anew()
      for (;;) {
        let events = 0
        const analysis = new Analysis(database, ({ message }) => faults.push(message))
        if (!analysis.slice(last, () => ++events >= 17)) return problems()
      }
    }
    const failing = () => {
      const analysis = anew()
      let events = 0
      const failOnce = () => {
        events += 1
        if (events === 150) throw new Error('The slice has failed')
        return events % 40 === 0
      }
      while (analysis.slice(last, failOnce));
      return problems()
    }
    const all = inOneGo()
    const rules = new Set(all.map(({ rule }) => rule))
    for (const rule of [
      'delivery/double-fired',
      'identity/conflict',
      'account/foreign',
      'identity/before-identify',
    ])
      expect(rules).toContain(rule)
    expect(oneByOne()).toEqual(all)
    expect(restarting()).toEqual(all)
    expect(failing()).toEqual(all)
    expect(faults).toEqual([])
    database.close()
  })
})
