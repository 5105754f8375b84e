import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventDetail } from '../../shared/event.ts'
import { matches, parseQuery } from '../../shared/query/index.ts'
import { serveVariedEngine } from './varied-engine.ts'
import type { VariedEngine } from './varied-engine.ts'

// A query means the same to the store, which asks SQL, and to the page, which looks at events in memory.

let varied: VariedEngine
let events: readonly EventDetail[]

beforeAll(async () => {
  varied = await serveVariedEngine()
  events = varied.events
})

afterAll(() => varied.stop())

function inMemory(text: string): number[] {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  const now = Date.now()
  return events.filter((event) => matches(parsed.query, event, now)).map(({ id }) => id)
}

async function inStore(text: string): Promise<number[]> {
  return (await varied.engine.events(text)).map(({ id }) => id)
}

const terms = [
  'event:"Invoice Sent"',
  'event:INVOICE*',
  'event:*o*',
  'event:*',
  'event:""',
  'event:"[abc]*"*',
  'event:"50%"*,over?all,Over_*',
  'event:"Back\\Slash"',
  'type:track',
  'type:page,screen,alias',
  'user:jane',
  'user:JANE',
  'user:ole',
  'user:Ole*',
  'user:"jane roe"',
  'user:max',
  'user:undefined,null',
  'user:0*',
  'user:anonymous:browser-2',
  'user:"[abc]*?"',
  'user:it"\\""s',
  'user:*-σ',
  'anonymous:browser-*',
  'anonymous:*2',
  'account:acme',
  'account:"ACME inc"',
  'account:acme*',
  'account:undefined',
  'account:*l*',
  'account:42',
  'source:web',
  'source:*e*',
  'library:analytics.js',
  'library:ANALYTICS.JS@2.2.0',
  'library:*@2*',
  'library:rudder-sdk',
  'message:t-22',
  'message:*-1',
  'message:8',
  'id:>20',
  'id:5..9',
  'request:2,4',
  'request:<=3',
  'is:accepted',
  'is:rejected',
  'is:identified',
  'is:anonymous',
  'is:analysed',
  'is:replayed',
  'accepted:no',
  'problem:naming',
  'problem:metadata/none',
  'problem:*/*ing',
  'severity:error',
  'severity:warning',
  'severity:info',
  'replayed:yes',
  'replayed:no',
  'replayed:failed',
  'fault:503',
  'fault:slow,hang',
  'since:1h',
  'before:today',
  'properties.total_amount:>0',
  'properties.total_amount:120.5',
  'properties.total_amount:"120.5"',
  'properties.total_amount:-5..80',
  'properties.lines.sku:*-*',
  'properties.nested.deep.er:2',
  'properties.code:7',
  'properties.code:*7',
  'properties.currency:null',
  'properties.paid:true',
  'properties.locale:*',
  'properties."line.items":>=3',
  'properties.数:<9',
  'properties.name:Home',
  'traits.plan:pro',
  'traits.plan:free',
  'traits.name:*a*',
  'traits.tags:beta,vip',
  'context.locale:*',
  'context.locale:en',
  'context.groupId:globex',
  'context.traits.plan:free',
  'context.page.path:*',
  'has:properties.currency',
  'missing:properties.total_amount',
  'has:context.locale',
  'has:traits.plan',
  ...[
    'problem',
    'error',
    'warning',
    'info',
    'rejection',
    'replay',
    'fault',
    'user',
    'account',
    'event',
    'source',
    'library',
    'userId',
    'anonymousId',
    'previousId',
    'accountId',
    'messageId',
    'originalTimestamp',
    'sentAt',
    'properties',
    'traits',
    'context',
    'integrations',
  ].flatMap((name) => [`has:${name}`, `missing:${name}`]),
  'invoice',
  'inv*',
  'INVOICE SENT',
  '"invoice sent"',
  '"invoice sen"',
  'jane@acme.example',
  'acme.example',
  'pro',
  'zürich',
  'ZÜR',
  '購入',
  'totalamount',
  'total_amount',
  '120',
  'true',
  'properties',
  'secretword',
  'broken',
  'free',
  'slack',
  'browser-1',
  '2026-02-03',
]

describe('in memory and in the store alike', () => {
  it.each(terms)('%s', async (term) => {
    expect(await inStore(term)).toEqual(inMemory(term))
    const excluded = `-(${term})`
    expect(await inStore(excluded)).toEqual(inMemory(excluded))
  })

  it('terms mean the same when they are joined', async () => {
    const queries = terms.map((term, index) => {
      const other = terms[(index * 7 + 3) % terms.length] ?? ''
      const third = terms[(index * 13 + 5) % terms.length] ?? ''
      return index % 2 === 0
        ? `${term} (${other} OR -${third})`
        : `(${term} ${other}) OR (-${other} ${third})`
    })
    for (const query of queries) expect([query, await inStore(query)]).toEqual([query, inMemory(query)])
  })

  it('all but a few terms tell events apart', () => {
    const telling = terms.filter((term) => {
      const found = inMemory(term).length
      return found > 0 && found < events.length
    })
    expect(telling.length).toBeGreaterThan(terms.length * 0.9)
  })
})

it('only the store knows the other ids of a person, their e-mail, and what no field of an event shows', async () => {
  for (const query of ['user:browser-1', 'user:jane@acme.example', 'mobile', '"text of its own"']) {
    const [found, seen] = [await inStore(query), inMemory(query)]
    expect(found.length).toBeGreaterThan(seen.length)
    expect(found).toEqual(expect.arrayContaining(seen))
  }
})
