import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject, TracksideEvent } from '../../shared/event.ts'
import { success } from './answers.ts'
import { RunningEngine } from './running-engine.ts'

// What the rules say of ids, accounts, times and deliveries: of real calls, at the very call that it is true of.

const minute = 60_000
const day = 24 * 60 * minute

let engine: RunningEngine
let sent = 0

beforeAll(async () => {
  engine = await RunningEngine.start()
})
afterAll(() => engine.close())

const places = ({ problems }: Pick<TracksideEvent, 'problems'>): string[] =>
  problems.filter(({ rule }) => !rule.startsWith('metadata/')).map(({ rule, path }) => `${rule} ${path}`)

const found = async (type: string, fields: JsonObject, source?: string): Promise<string[]> =>
  places(await engine.call(type, fields, source))

const track = (fields: JsonObject, source?: string): Promise<string[]> => {
  sent += 1
  return found('track', { event: 'Invoice Sent', properties: { position: sent }, ...fields }, source)
}

/** The events of one batch, whose calls get messageIds where they have none. */
async function batch(calls: readonly JsonObject[], fields: JsonObject = {}): Promise<TracksideEvent[]> {
  const answer = await engine.post('/v1/batch', {
    writeKey: 'web',
    batch: calls.map((call) => {
      sent += 1
      return { messageId: `batched-${sent}`, ...call }
    }),
    ...fields,
  })
  expect(answer.text).toBe(success)
  const { lastEventId } = await engine.analysed()
  return engine.events(`id:>${lastEventId - calls.length}`)
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()

describe('an id', () => {
  it('is no e-mail address, and is text', async () => {
    expect(await found('identify', { userId: 'jane@example.com' })).toEqual(['identity/email userId'])
    expect(await found('identify', { userId: 42, anonymousId: 7 })).toEqual([
      'identity/number userId',
      'identity/number anonymousId',
    ])
    expect(await found('group', { userId: '42', groupId: 9 })).toEqual(['identity/number groupId'])
  })

  it('of a device is found to be shared when another user takes it over, and each time anew', async () => {
    const signIn = (userId: string) => found('identify', { userId, anonymousId: 'kiosk' })
    expect(await found('page', { anonymousId: 'kiosk', name: 'Pricing' })).toEqual([])
    expect(await signIn('ann')).toEqual([])
    expect(await signIn('bob')).toEqual(['identity/conflict anonymousId'])
    expect(await track({ userId: 'bob', anonymousId: 'kiosk' })).toEqual([])
    expect(await track({ userId: 'ann', anonymousId: 'kiosk' })).toEqual(['identity/conflict anonymousId'])
    // Who sends none from a server has nothing to share.
    expect(await track({ userId: 'ann' })).toEqual([])
    expect(await track({ userId: 'bob' })).toEqual([])
  })

  it('of a device is nobody else’s where an alias has made one of the two users', async () => {
    await engine.call('identify', { userId: 'cat-old', anonymousId: 'cats-phone' })
    await engine.call('alias', { userId: 'cat', previousId: 'cat-old' })
    expect(await found('identify', { userId: 'cat', anonymousId: 'cats-phone' })).toEqual([])
  })

  it('of a user is told once where a track came before any identify', async () => {
    expect(await found('page', { userId: 'dan', name: 'Pricing' })).toEqual([])
    expect(await track({ userId: 'dan' })).toEqual(['identity/before-identify userId'])
    expect(await track({ userId: 'dan' })).toEqual([])
    await engine.call('identify', { userId: 'eve' })
    expect(await track({ userId: 'eve' })).toEqual([])
  })

  it('is known under all the names that aliases give it', async () => {
    await engine.call('identify', { userId: 'flo-old' })
    await engine.call('alias', { userId: 'flo', previousId: 'flo-old' })
    expect(await track({ userId: 'flo' })).toEqual([])
    await engine.call('alias', { userId: 'gil', previousId: 'gil-before' })
    expect(await track({ userId: 'gil' })).toEqual(['identity/before-identify userId'])
    await engine.call('alias', { userId: 'gilbert', previousId: 'gil' })
    expect(await track({ userId: 'gilbert' })).toEqual([])
  })
})

describe('an account', () => {
  beforeAll(async () => {
    for (const userId of ['u1', 'u2', 'u3', 'u4']) await engine.call('identify', { userId })
  })

  it('that nobody describes is told at the third call that names it, once', async () => {
    const inAccount = (fields: JsonObject = {}) =>
      track({ userId: 'u1', context: { groupId: 'undescribed' }, ...fields })
    expect(await inAccount()).toEqual([])
    expect(await inAccount({ userId: 'u2' })).toEqual([])
    expect(await inAccount()).toEqual(['account/unknown context.groupId'])
    expect(await inAccount()).toEqual([])
  })

  it('that a group call describes behind the first track is well', async () => {
    const context = { groupId: 'described' }
    expect(await track({ userId: 'u1', context })).toEqual([])
    await engine.call('group', { userId: 'u2', groupId: 'described', traits: { name: 'Described' } })
    expect(await track({ userId: 'u2', context })).toEqual([])
    expect(await track({ userId: 'u2', context })).toEqual([])
  })

  it('that a user was never put in is foreign only to one whom group calls have put elsewhere', async () => {
    const inAccount = (userId: string, groupId: string) => track({ userId, context: { groupId } }, 'b2b')
    const put = (userId: string, groupId: string) => engine.call('group', { userId, groupId }, 'b2b')
    await put('u3', 'globex')
    await put('u1', 'acme')
    expect(await inAccount('u1', 'acme')).toEqual([])
    expect(await inAccount('u1', 'globex')).toEqual(['account/foreign context.groupId'])
    // That it has named the account before makes it no member.
    expect(await inAccount('u1', 'globex')).toEqual(['account/foreign context.groupId'])
    expect(await inAccount('u4', 'globex')).toEqual([])
    await put('u1', 'globex')
    expect(await inAccount('u1', 'globex')).toEqual([])
    expect(await inAccount('u1', 'acme')).toEqual([])
  })
})

describe('a time', () => {
  it('is a date', async () => {
    const page = (fields: JsonObject) =>
      found('page', { anonymousId: 'timer', name: `Page ${++sent}`, ...fields })
    expect(await page({ timestamp: '15/01/2026' })).toEqual(['time/unparseable timestamp'])
    expect(await page({ sentAt: 'now' })).toEqual(['time/unparseable sentAt'])
    expect(await page({ timestamp: ago(minute), sentAt: ago(0) })).toEqual([])
  })

  it('is neither ahead nor far behind, once the clock of the device is corrected', async () => {
    const page = (fields: JsonObject) =>
      found('page', { anonymousId: 'timer', name: `Page ${++sent}`, ...fields })
    expect(await page({ timestamp: ago(-2 * 60 * minute) })).toEqual(['time/future timestamp'])
    expect(await page({ timestamp: ago(31 * day) })).toEqual(['time/old timestamp'])
    expect(await page({ timestamp: ago(29 * day) })).toEqual([])
    expect(await page({ timestamp: ago(-100 * day), sentAt: ago(-100 * day) })).toEqual(['time/skew sentAt'])
    expect(await page({ timestamp: ago(140 * day), sentAt: ago(100 * day) })).toEqual([
      'time/old timestamp',
      'time/skew sentAt',
    ])
  })

  it('that a batch has for all of its calls is judged at the first that was taken', async () => {
    const calls = [{ type: 'trak' }, ...[1, 2, 3].map((position) => pageCall(position))]
    const [rejected, ...late] = await batch(calls, { sentAt: ago(60 * minute) })
    expect(rejected).toMatchObject({
      accepted: false,
      rejection: { code: 'CALL_TYPE_UNKNOWN' },
      problems: [],
    })
    expect(late.map(places)).toEqual([['time/skew sentAt'], [], []])
    const unreadable = await batch([pageCall(1), { ...pageCall(2), sentAt: ago(0) }], { sentAt: 'now' })
    expect(unreadable.map(places)).toEqual([['time/unparseable sentAt'], []])
  })

  it('of sending is found in the header that RudderStack sends it in', async () => {
    const call = { ...pageCall(1), messageId: 'rudder-header' }
    await engine.post('/v1/page', call, [['SentAt', ago(10 * minute)]])
    expect(places(await engine.latest())).toEqual(['time/skew sentAt'])
  })

  const pageCall = (position: number): JsonObject => ({
    type: 'page',
    anonymousId: 'timer',
    name: `Page ${++sent}`,
    properties: { position },
  })
})

describe('a delivery', () => {
  const visitor = { anonymousId: 'deliverer' }

  it('has a messageId that is not too long', async () => {
    expect(await track({ ...visitor, messageId: undefined })).toEqual(['delivery/no-message-id messageId'])
    expect(await track({ ...visitor, messageId: 'm'.repeat(100) })).toEqual([
      'delivery/long-message-id messageId',
    ])
    expect(await track({ ...visitor, messageId: 'm'.repeat(99) })).toEqual([])
  })

  it('has what its type needs', async () => {
    expect(await found('group', { userId: 'ann' })).toEqual(['delivery/missing-field groupId'])
    expect(await found('alias', { userId: 'ann' })).toEqual(['delivery/missing-field previousId'])
    expect(await track({ ...visitor, type: 'Track' })).toEqual(['delivery/missing-field type'])
  })

  it('is no larger than the real service takes, in bytes of UTF-8', async () => {
    const withText = (text: string) => track({ ...visitor, properties: { text, position: sent } })
    expect(await withText('é'.repeat(15_000))).toEqual([])
    expect(await withText('é'.repeat(17_000))).toEqual(['delivery/too-large '])
    const calls = (count: number, text: string) =>
      Array.from({ length: count }, (_, position) => ({
        type: 'track',
        event: 'Row Imported',
        ...visitor,
        properties: { position: `${count} ${position}`, text },
      }))
    const heavy = await batch(calls(20, 'x'.repeat(30_000)))
    expect(heavy.map(places)).toEqual([['delivery/too-large '], ...Array<string[]>(19).fill([])])
    expect(heavy[0]?.problems[0]?.message).toContain('more than 500 KB')
    const many = await batch([{ type: 'trak' }, ...calls(2_500, 'a')])
    expect(many.map(places).slice(0, 3)).toEqual([[], ['delivery/too-large '], []])
    expect(many[1]?.problems[0]?.message).toContain('2,501 calls')
    expect((await batch(calls(2_500, 'b'))).flatMap(places)).toEqual([])
  })
})
