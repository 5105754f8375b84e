import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProject } from '../../scripts/project.ts'
import type { CatalogDetail, CatalogName } from '../../shared/contract/catalog.ts'
import type { AccountDetail, UserDetail } from '../../shared/contract/schemas.ts'
import type { JsonObject, TracksideEvent } from '../../shared/event.ts'
import { success } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header, WireAnswer } from './running-engine.ts'

// What nine real SDKs sent when each told the same story to a logging server, sent once more to the real engine.

interface RecordedRequest {
  method: string
  url: string
  headers: Header[]
  gzip: boolean
  body: JsonObject | null
}
interface Recording {
  sdk: string
  requests: RecordedRequest[]
}

const folder = inProject('test/fixtures/captures')
const recordings = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Recording,
)

type Kind = 'calls' | 'settings' | 'preflight' | 'metrics'

/** What each recorded path is; a recording of anything else belongs in this table before it can pass. */
const kinds: Record<string, Kind> = {
  'GET /v1/projects/test_write_key/settings': 'settings',
  'POST /v1/m': 'metrics',
}
for (const path of ['b', 'batch', 'import', 'import/', 't', 'i', 'p', 's', 'g', 'a']) {
  kinds[`POST /v1/${path}`] = 'calls'
  kinds[`OPTIONS /v1/${path}`] = 'preflight'
}

function kindOf({ method, url }: RecordedRequest): Kind {
  const kind = kinds[`${method} ${url}`]
  if (kind === undefined) throw new Error(`${method} ${url} is recorded, but nobody says what it is`)
  return kind
}

const unicodeName = 'Événement Créé 你好 🙂'
const wholeStory = [
  'alias',
  'group',
  'identify',
  'page Pricing',
  'screen Home Screen',
  ...Array<string>(5).fill('track Batch Item Added'),
  'track Invoice Sent',
  `track ${unicodeName}`,
]

const libraries: Record<string, { name: string; version: string }> = {
  'browser-analytics-next-batch': { name: 'analytics.js', version: 'npm:next-1.84.3' },
  'browser-analytics-next-standard': { name: 'analytics.js', version: 'npm:next-1.84.3' },
  'customerio-cdp-analytics-node': { name: '@customerio/cdp-analytics-node', version: '1.0.0-beta.22' },
  'rudder-sdk-node': { name: 'analytics-node', version: '3.0.13' },
  'segment-analytics-node': { name: '@segment/analytics-node', version: '3.1.0' },
  'segment-go': { name: 'analytics-go', version: '3.0.0' },
  'segment-java': { name: 'analytics-java', version: '3.5.5' },
  'segment-python-gzip': { name: 'analytics-python', version: '2.3.4' },
  'segment-ruby': { name: 'analytics-ruby', version: '2.5.0' },
}

it('has a recording of each of the nine SDKs', () => {
  expect(recordings.map(({ sdk }) => sdk).sort()).toEqual(Object.keys(libraries).sort())
})

interface RecordedCall {
  call: JsonObject
  batchIndex: number | null
  request: RecordedRequest
}

/** The calls of a recording in the order in which they are sent. */
function callsOf({ requests }: Recording): RecordedCall[] {
  return requests
    .filter((request) => kindOf(request) === 'calls')
    .flatMap((request): RecordedCall[] => {
      const body = request.body ?? {}
      return Array.isArray(body['batch'])
        ? body['batch'].map((call: JsonObject, batchIndex) => ({ call, batchIndex, request }))
        : [{ call: body, batchIndex: null, request }]
    })
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as JsonObject | undefined)?.[key], value)
}

describe.each(recordings)('$sdk', (recording) => {
  const { sdk, requests } = recording
  const calls = callsOf(recording)
  let engine: RunningEngine
  let answers: { request: RecordedRequest; answer: WireAnswer }[]
  let events: TracksideEvent[]

  const answersTo = (kind: Kind) => answers.filter(({ request }) => kindOf(request) === kind)

  beforeAll(async () => {
    engine = await RunningEngine.start()
    answers = []
    for (const request of requests) {
      const { method, url: path, headers, gzip, body } = request
      const text = JSON.stringify(body)
      const bytes = gzip ? gzipSync(text) : text
      const answer = await engine.send({ method, path, headers, ...(body === null ? {} : { body: bytes }) })
      answers.push({ request, answer })
    }
    events = await engine.events()
  })

  afterAll(() => engine.close())

  it('hears for every call that it has succeeded, word for word', () => {
    expect(answersTo('calls').length).toBeGreaterThan(0)
    for (const { answer } of [...answersTo('calls'), ...answersTo('metrics')]) {
      expect(answer).toMatchObject({
        status: 200,
        text: success,
        headers: { 'content-type': 'application/json' },
      })
    }
  })

  const asks = (kind: Kind): boolean => requests.some((request) => kindOf(request) === kind)

  // Only browsers ask; where nobody does, there is nothing to hear.
  if (asks('settings'))
    it('hears what it needs before it sends anything', () => {
      const host = `127.0.0.1:${engine.capturePort}`
      for (const { answer } of answersTo('settings')) {
        expect(answer.status).toBe(200)
        expect(JSON.parse(answer.text)).toEqual({
          integrations: {
            'Segment.io': {
              apiKey: 'test_write_key',
              apiHost: `${host}/v1`,
              protocol: 'http',
              addBundledMetadata: true,
            },
          },
          plan: {},
          edgeFunction: {},
          middlewareSettings: {},
          enabledMiddleware: {},
          metrics: { sampleRate: 0, host: `${host}/v1` },
          remotePlugins: [],
        })
      }
    })

  if (asks('preflight'))
    it('may send from any page', () => {
      for (const { request, answer } of answersTo('preflight')) {
        const origin = request.headers.find(([name]) => name === 'Origin')?.[1]
        expect(answer.status).toBe(204)
        expect(answer.headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-allow-headers': 'authorization',
          'access-control-allow-methods': expect.stringContaining('POST') as string,
        })
      }
    })

  it('has told the whole story, each event once, and nothing of its own metrics', () => {
    const told = events.map(({ type, event, name }) => [type, event ?? name].filter(Boolean).join(' '))
    expect(told.sort()).toEqual([...wholeStory].sort())
    expect(events.every(({ accepted }) => accepted)).toBe(true)
  })

  it('has its ids, names, messages and places in their batches as sent', () => {
    expect(events).toHaveLength(calls.length)
    for (const [index, { call, batchIndex }] of calls.entries()) {
      expect(events[index]).toMatchObject({
        id: index + 1,
        type: call['type'],
        event: call['event'] ?? null,
        name: call['name'] ?? null,
        userId: call['userId'] ?? null,
        anonymousId: call['anonymousId'] ?? null,
        previousId: call['previousId'] ?? null,
        accountId: call['type'] === 'group' ? 'acct_7' : (at(call, 'context', 'groupId') ?? null),
        messageId: call['messageId'],
        properties: call['properties'] ?? null,
        batchIndex,
      })
    }
    const ids = (key: 'userId' | 'anonymousId' | 'accountId' | 'previousId') =>
      [...new Set(events.map((event) => event[key]))].filter((id) => id !== null)
    expect(ids('userId')).toEqual(['user_42'])
    expect(ids('anonymousId')).toEqual(['anon_1'])
    expect(ids('previousId')).toEqual(['anon_1'])
    expect(ids('accountId')).toEqual(['acct_7'])
  })

  it('is known by its write key and its library', () => {
    expect(new Set(events.map(({ library }) => JSON.stringify(library)))).toEqual(
      new Set([JSON.stringify(libraries[sdk])]),
    )
    // Python's key stands in its body alone, Ruby's and Go's in the header alone.
    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['test_write_key']))
  })

  it('has every call kept to the letter, with its request', async () => {
    for (const [index, { call, request }] of calls.entries()) {
      const detail = await engine.event(index + 1)
      expect(detail.payload).toBe(JSON.stringify(call))
      expect(detail.rawBody).toBeNull()
      expect(detail.request).toMatchObject({
        method: 'POST',
        path: request.url,
        encoding: request.gzip ? 'gzip' : null,
      })
      const headers = new Map(detail.request.headers)
      for (const [name, value] of request.headers) {
        expect(headers.get(name)).toBe(name === 'Authorization' ? 'Basic ***' : value)
      }
    }
  })

  it('has its times corrected by the clock of the device', () => {
    for (const [index, { call, request }] of calls.entries()) {
      const event = events[index]
      const original = Date.parse(String(call['originalTimestamp'] ?? call['timestamp']))
      const sentAt = call['sentAt'] ?? at(request.body, 'sentAt')
      const late = Date.parse(String(sentAt)) - original
      expect(Date.parse(event?.originalTimestamp ?? '')).toBe(original)
      // Customer.io does not say when it sends: its times stay as they are.
      expect(Date.parse(event?.timestamp ?? '')).toBe(
        sentAt === undefined ? original : Date.parse(event?.receivedAt ?? '') - late,
      )
    }
  })

  it('has one user with all that they did, before and after they were known', async () => {
    const user = await engine.api<UserDetail>('/users/user_42')
    expect(user).toMatchObject({
      id: 'user_42',
      name: 'Zoë Müller 🚀',
      email: 'zoe@example.com',
      traits: { name: 'Zoë Müller 🚀', email: 'zoe@example.com', plan: 'pro' },
      events: wholeStory.length,
      accounts: [{ id: 'acct_7', name: 'Tesla, Inc — Ünïcode' }],
    })
    expect(user.identities.map(({ kind, value }) => [kind, value])).toEqual([
      ['user', 'user_42'],
      ['anonymous', 'anon_1'],
    ])
    const { users } = await engine.api<{ users: unknown[] }>('/users')
    expect(users).toHaveLength(1)
  })

  it('has one account, described, with its member', async () => {
    const account = await engine.api<AccountDetail>('/accounts/acct_7')
    expect(account).toMatchObject({
      name: 'Tesla, Inc — Ünïcode',
      traits: { name: 'Tesla, Inc — Ünïcode', employees: 420 },
      described: true,
      events: 7,
      members: 1,
      memberList: [{ id: 'user_42', via: 'group', events: 7 }],
    })
  })

  it('has its names in the catalog, with the types of their metadata', async () => {
    const { names } = await engine.api<{ names: CatalogName[] }>('/catalog')
    expect(names.map(({ name, events: count }) => [name, count])).toEqual([
      ['Batch Item Added', 5],
      ['Invoice Sent', 1],
      [unicodeName, 1],
    ])
    const { properties } = await engine.api<CatalogDetail>('/catalog/Invoice%20Sent')
    const types = Object.fromEntries(
      properties.map(({ path, types: found }) => [path, found.map(({ type }) => type).sort()]),
    )
    expect(types).toEqual({
      total_amount: ['number'],
      currency: ['string'],
      note: ['string'],
      nested: ['object'],
      'nested.a': ['array'],
      'nested.a[]': ['boolean', 'null', 'number', 'string'],
    })
  })

  it('is blamed for nothing but the call that names no account', () => {
    const found = events.flatMap(({ event, problems }) => problems.map(({ rule }) => `${rule}: ${event}`))
    // Its times are those of the recording.
    expect(found.filter((problem) => !/^(?:metadata\/none|time\/)/.test(problem))).toEqual([
      `account/missing: ${unicodeName}`,
    ])
  })
})
