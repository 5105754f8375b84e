import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventDetail } from '../../shared/event.ts'
import type { ServedEngine } from './served-engine.ts'
import { serveVariedEngine } from './varied-engine.ts'
import type { VariedEngine } from './varied-engine.ts'

let varied: VariedEngine
let engine: ServedEngine
let events: readonly EventDetail[]

beforeAll(async () => {
  varied = await serveVariedEngine()
  ;({ engine, events } = varied)
})

afterAll(() => varied.stop())

/** What the store finds, as message ids; what has none is called by its number. */
async function find(query: string): Promise<string[]> {
  const found = await engine.events(query)
  return found.map(({ messageId, id }) => messageId ?? `#${id}`)
}

const numberOf = (messageId: string): number =>
  events.find((event) => event.messageId === messageId)?.id ?? Number.NaN

describe('each key of the language finds', () => {
  it.each<[query: string, found: string[]]>([
    ['event:"Invoice Sent"', ['t-1', 't-2', 't-4']],
    ['event:"INVOICE sent"', ['t-1', 't-2', 't-4']],
    ['event:"invoice_sent"', ['t-3']],
    ['event:deal*', ['d-1', 'd-2', 'd-3', 'd-3', 'd-4', 'd-5']],
    ['event:*sent', ['t-1', 't-2', 't-3', 't-4']],
    ['event:"50% Reached","Over_All"', ['t-6', 't-7']],
    ['event:"[abc]*"*', ['t-11']],
    ['event:""', ['t-12']],
    ['type:alias', ['a-1']],
    ['type:screen,alias', ['a-1', 's-1']],
    ['user:jane event:invoice*', ['t-1', 't-2', 't-3']],
    ['user:browser-1 -type:track', ['p-1', 'i-1', 'g-1', 'a-1']],
    ['user:jane-before type:page', ['p-1']],
    ['user:"jane roe" type:page', ['p-1']],
    ['user:jane@acme.example type:page', ['p-1']],
    ['user:anonymous:browser-2', ['t-6', 't-7']],
    ['user:BROWSER-2', ['t-8']],
    ['user:7', ['8']],
    ['user:undefined', ['t-18']],
    ['user:max -accepted:yes', ['x-1']],
    ['user:anonymous:browser-2,anonymous:BROWSER-2', ['t-6', 't-7', 't-8']],
    ['anonymous:browser-1', ['p-1', 'i-1']],
    ['anonymous:browser-? OR anonymous:"BROWSER-2"', ['t-8']],
    ['anonymous:00000000-0000-0000-0000-000000000000', ['t-20']],
    ['anonymous:browser', []],
    ['account:acme', ['g-1', 't-1']],
    ['account:"Acme INC"', ['g-1', 't-1', 'g-2']],
    ['account:acme*', ['g-1', 't-1', 'g-2', 'g-3', 'g-4']],
    ['account:"acme*"', ['g-3']],
    ['account:undefined,null', ['t-22', 't-22']],
    ['account:42', ['g-2']],
    ['account:globex', ['t-4', 'x-1']],
    ['source:query-key', ['#45']],
    ['source:rudder type:identify', ['i-3']],
    ['library:analytics.js', ['t-1', 't-4']],
    ['library:analytics.js@2.1.0', ['t-1']],
    ['library:analytics.js@*', ['t-1', 't-4']],
    ['library:rudder-sdk event:*', ['t-23', 't-24']],
    ['message:t-22', ['t-22', 't-22']],
    ['message:i-*', ['i-1', 'i-2', 'i-3', 'i-4']],
    ['is:rejected', ['x-1', '#39', '#40', '#46', '#47', '#48']],
    ['accepted:no source:rudder', ['x-1', '#39', '#40']],
    ['is:anonymous type:page', ['p-1', 'p-3']],
    ['is:identified type:page', ['p-2']],
    ['problem:naming/casing user:jane', ['t-2', 't-3']],
    ['problem:identity/placeholder', ['t-18', 't-19', 't-20', 't-22', 't-22']],
    [
      'problem:identity',
      [
        ...['t-4', '8', 't-9', 't-10', 't-11', 't-15', 't-16', 't-17', 't-18', 't-19', 't-20', 't-21'],
        ...['t-22', 't-22', 'g-2', 't-25'],
      ],
    ],
    ['problem:delivery/*', ['t-22', 'd-3', '#45']],
    ['severity:error event:50*', ['t-6']],
    ['replayed:yes', ['d-1', 'd-2', 'd-3', 'd-4', 'd-5']],
    ['replayed:sent', ['d-1', 'd-2']],
    ['replayed:failed', ['d-3', 'd-4', 'd-5']],
    ['replayed:no event:deal*', ['d-3']],
    ['is:replayed user:jane', ['d-1', 'd-2']],
    ['fault:503', ['#45']],
    ['has:fault type:identify', ['i-3']],
    ['missing:fault source:rudder,query-key', []],
    ['properties.total_amount:>100', ['t-1']],
    ['properties.total_amount:120.5', ['t-1', 't-3']],
    ['properties.total_amount:"120.5"', ['t-3']],
    ['properties.total_amount:-10..80', ['t-2', 't-4']],
    ['properties.lines.sku:b-2', ['t-1']],
    ['properties.lines.qty:0', ['t-1']],
    ['properties."line.items":3', ['t-4']],
    ['properties.nested.deep.er:3', ['t-4']],
    ['properties.paid:true', ['t-2', 't-3']],
    ['properties.currency:null', ['t-4']],
    ['properties.value:>=1e21', ['d-1']],
    ['properties.code:7', ['d-2']],
    ['properties.code:007', ['d-1']],
    ['properties.big:9007199254740993', ['d-2']],
    ['properties.数:5', ['t-17']],
    ['properties."quo\\"ted":*lue', ['t-9']],
    ['properties.file:"C:\\temp\\x"', ['t-10']],
    ['properties.reason:"a,b"', ['d-4']],
    ['properties.reason:""', ['d-5']],
    ['traits.plan:pro', ['i-1', 'g-1', 'd-5']],
    ['traits.plan:free', ['i-3']],
    ['traits.tags:vip', ['i-1']],
    ['traits.logins:10..', ['i-1']],
    ['context.locale:en', ['t-23']],
    ['context.locale:de', ['i-3']],
    ['context.page.path:/*', ['t-1', 'd-3']],
    ['has:properties.currency', ['t-1']],
    ['missing:properties.currency event:"Invoice Sent"', ['t-2', 't-4']],
    ['has:context.locale', ['i-3', 't-23']],
    ['missing:user accepted:yes', ['t-18', 't-20', 't-21']],
    ['missing:event type:track', ['t-13', 't-14', '#46']],
    ['has:previousId', ['a-1']],
    ['has:originalTimestamp', ['t-25']],
    ['missing:messageId is:accepted', ['#45']],
    ['missing:source event:"Path Typed"', ['t-25', 't-26']],
    ['has:traits -has:userId', []],
    ['has:replay severity:info', []],
    ['invoice', ['t-1', 't-2', 't-3', 't-4']],
    ['acme.example', ['i-1', 'p-2']],
    ['"deal won"', ['d-1', 'd-2']],
    ['İstanbul', ['t-16']],
    ['οδος', ['t-16']],
    ['ZÜRICH', ['t-15']],
    ['完了', ['t-17']],
    ['secretword', ['x-1']],
    ['"broken call"', ['#46']],
    ['mobile', ['t-24']],
    ['"text of its own"', ['t-26']],
    ['slack -type:track', ['i-3']],
    ['properties', ['x-1']],
    ['jane NOT type:track', ['i-1', 'g-1', 'a-1', 'p-3']],
    ['(type:page OR type:screen) -user:ole', ['p-1', 'p-3']],
    ['type:page OR type:screen -user:ole', ['p-1', 'p-2', 'p-3']],
    ['-(has:user OR is:rejected)', ['t-18', 't-20', 't-21']],
  ])('%s', async (query, found) => {
    expect((await find(query)).sort()).toEqual(found.toSorted())
  })

  it('by number, by request and by time of arrival', async () => {
    const [first, last] = [numberOf('t-12'), numberOf('t-14')]
    expect(await find(`id:${first}..${last}`)).toEqual(['t-12', 't-13', 't-14'])
    expect(await find(`id:${first} OR id:>${events.length - 1}`)).toEqual(['t-12', 'd-5'])
    expect(await find('request:2 type:identify')).toEqual(['i-2'])
    expect(await find('request:<3 type:alias,identify')).toEqual(['i-1', 'a-1', 'i-2'])
    for (const { receivedAt } of events) {
      const at = (holds: (time: string) => boolean): number[] =>
        events.filter((event) => holds(event.receivedAt)).map(({ id }) => id)
      const found = async (query: string) => (await engine.events(query)).map(({ id }) => id)
      expect(await found(`since:${receivedAt}`)).toEqual(at((time) => time >= receivedAt))
      expect(await found(`after:${receivedAt}`)).toEqual(at((time) => time > receivedAt))
      expect(await found(`until:${receivedAt}`)).toEqual(at((time) => time <= receivedAt))
      expect(await found(`before:${receivedAt}`)).toEqual(at((time) => time < receivedAt))
    }
    expect(await find('since:1h')).toHaveLength(events.length)
    expect(await find('until:now')).toHaveLength(events.length)
    expect(await find('before:yesterday')).toEqual([])
  })
})

describe('a mistake in a query', () => {
  it.each<[query: string, from: number, to: number, message: RegExp, expected: string]>([
    ['evnt:x', 0, 4, /evnt/, 'event:'],
    ['jane (type:track', 5, 6, /never closed/, ')'],
    ['type:trak', 5, 9, /trak/, 'track'],
    ['a OR', 2, 4, /OR/, 'a term'],
    ['event:"Invoice', 6, 14, /never closed/, '"'],
    ['since:whenever', 6, 14, /whenever/, '5m'],
    ['properties.:1', 11, 11, /path/, 'the name of a property'],
    ['id:many', 3, 7, /many/, 'a number'],
    ['-', 0, 1, /exclude/, 'a term'],
    ['has:nothing', 4, 11, /nothing/, 'problem'],
    ['event: Invoice', 6, 6, /without a space/, 'a value'],
  ])('%s is told with its place, and with what was expected', async (query, from, to, message, expected) => {
    const refusal = await engine.refusal('GET', `/events?query=${encodeURIComponent(query)}`)
    expect(refusal).toMatchObject({ status: 400, code: 'QUERY_SYNTAX', data: { query, from, to } })
    expect(refusal.message).toMatch(message)
    expect(refusal.data['expected']).toContain(expected)
  })

  it.each([
    ['GET', '/events?query='],
    ['DELETE', '/events?query='],
    ['GET', '/stream?query='],
    ['GET', '/histogram?query='],
    ['GET', '/problems?query='],
    ['GET', '/users/jane/timeline?query='],
    ['GET', '/accounts/acme/timeline?query='],
  ])('is told wherever a query is taken: %s %s', async (method, path) => {
    expect(await engine.refusal(method, `${path}${encodeURIComponent('type:')}`)).toMatchObject({
      status: 400,
      code: 'QUERY_SYNTAX',
    })
    expect(await engine.events()).toHaveLength(events.length)
  })
})

describe('a query made to break something', () => {
  const wait = (query: string) =>
    engine.api<{ ok: boolean; events: unknown[] }>('POST', '/wait', { query, timeoutMs: 0 })

  it.each<[what: string, query: string]>([
    ['a list of thousands', `id:${Array.from({ length: 2400 }, () => '1').join(',')}`],
    ['a list of users', `user:${Array.from({ length: 500 }, (_, index) => `u${index}`).join(',')},jane`],
    ['thousands of words', Array.from({ length: 1900 }, () => 'jane').join(' ')],
    ['thousands of alternatives', Array.from({ length: 1200 }, () => 'jane').join(' OR ')],
    ['brackets in brackets', `${'('.repeat(100)}jane${')'.repeat(100)}`],
    ['exclusion in exclusion', `${'-('.repeat(100)}jane${')'.repeat(100)}`],
    ['many paths', Array.from({ length: 400 }, (_, index) => `missing:properties.p${index}`).join(' ')],
    ['many stars', `event:${'*a'.repeat(2000)}* OR jane`],
    ['what SQL takes for its own', `"'; DROP TABLE event; --" OR user:"' OR 1=1 --" OR jane`],
    ['what the search index takes for its own', '"jane AND NEAR(roe, 2) ^*" OR jane*'],
  ])('is answered all the same: %s', async (_, query) => {
    expect((await wait(query)).events.length).toBeGreaterThan(0)
    expect(await engine.events()).toHaveLength(events.length)
  })

  it('is refused when it is too long', async () => {
    expect(await engine.refusal('POST', '/wait', { query: 'jane '.repeat(2001) })).toMatchObject({
      code: 'QUERY_SYNTAX',
    })
  })
})
