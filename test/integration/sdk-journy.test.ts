import { HttpClientNode } from '@journyio/http'
import { AccountIdentified, Client, Event, UserIdentified } from '@journyio/sdk'
import type { Result } from '@journyio/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventDetail, JsonObject } from '../../shared/event.ts'
import { RunningEngine } from './running-engine.ts'
import { account, accountId, anonymousId, invoice, unicodeName, user, userId } from './sdk-story.ts'

// The real @journyio/sdk, whose calls are its own: they are kept as sent, and read as the calls of the spec that mean the
// same.

let engine: RunningEngine
let journy: Client

beforeEach(async () => {
  engine = await RunningEngine.start()
  journy = new Client(new HttpClientNode(5_000), { apiKey: 'journy-key', rootUrl: engine.capture })
})

afterEach(() => engine.close())

/** The event that a call has become, once the SDK has taken the answer for a success. */
async function captured(call: Promise<Result<undefined>>): Promise<EventDetail> {
  const result = await call
  expect(result).toMatchObject({
    success: true,
    requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
  })
  expect(result.callsRemaining).toBeGreaterThan(0)
  const event = await engine.latest()
  expect(event).toMatchObject({ accepted: true, source: 'journy-key', batchIndex: null })
  expect(JSON.stringify(event.request)).not.toContain('journy-key')
  return event
}

const sentAs = ({ payload, request }: EventDetail): [path: string, body: JsonObject] => [
  request.path,
  JSON.parse(payload ?? '') as JsonObject,
]

describe('@journyio/sdk 3', () => {
  const happened = new Date('2026-01-02T03:04:05.678Z')
  const person = new UserIdentified(userId, user.email)
  const company = new AccountIdentified(accountId, 'tesla.example')

  it('has an event of a user in an account captured as a track call', async () => {
    const { total_amount, currency, note } = invoice
    const event = await captured(
      journy.addEvent(
        Event.forUserInAccount('Invoice Sent', person, company)
          .happenedAt(happened)
          .withMetadata({ total_amount, currency, note, is_paid: true, due_at: happened }),
      ),
    )
    // The SDK itself makes text of all metadata.
    const properties = {
      total_amount: '123.45',
      currency,
      note,
      is_paid: 'true',
      due_at: '2026-01-02T03:04:05.678Z',
    }
    expect(event).toMatchObject({
      type: 'track',
      event: 'Invoice Sent',
      userId,
      anonymousId: null,
      accountId,
      messageId: null,
      timestamp: '2026-01-02T03:04:05.678Z',
      originalTimestamp: '2026-01-02T03:04:05.678Z',
      properties,
      context: { groupId: accountId, traits: { email: user.email } },
      person: { id: userId },
    })
    expect(sentAs(event)).toEqual([
      '/events',
      {
        identification: {
          user: { userId, email: user.email },
          account: { accountId, domain: 'tesla.example' },
        },
        name: 'Invoice Sent',
        triggeredAt: '2026-01-02T03:04:05.678Z',
        metadata: properties,
      },
    ])
    const blamed = event.problems.map(({ rule, path }) => `${rule} ${path}`)
    expect(blamed).toContain('metadata/stringified properties.total_amount')
    expect(blamed.filter((problem) => !problem.startsWith('metadata/stringified'))).toEqual([
      'identity/before-identify userId',
      'time/old timestamp',
    ])
  })

  it('has a user captured as an identify call, and one that is known by e-mail alone by that', async () => {
    const { name, plan, email } = user
    const event = await captured(journy.upsertUser({ userId, email, properties: { name, plan } }))
    expect(event).toMatchObject({
      type: 'identify',
      userId,
      traits: user,
      person: { id: userId, label: name },
    })
    expect(event.problems).toEqual([])
    expect(sentAs(event)[0]).toBe('/users/upsert')
    expect(await engine.user(userId)).toMatchObject({ name, email, traits: user })
    expect(await captured(journy.upsertUser({ email: 'ole@example.com' }))).toMatchObject({
      userId: 'ole@example.com',
      traits: { email: 'ole@example.com' },
    })
  })

  it('has an account captured as a group call, with its one member', async () => {
    const event = await captured(
      journy.upsertAccount({
        accountId,
        domain: 'tesla.example',
        properties: account,
        members: [{ userId, email: user.email }],
      }),
    )
    const traits = { domain: 'tesla.example', name: account.name, employees: '420' }
    expect(event).toMatchObject({ type: 'group', accountId, userId, traits })
    expect(sentAs(event)[0]).toBe('/accounts/upsert')
    expect(await engine.account(accountId)).toMatchObject({
      name: account.name,
      traits,
      memberList: [{ id: userId, via: 'group' }],
    })
    const several = { accountId, members: [{ userId }, { userId: 'user_43' }] }
    expect(await captured(journy.upsertAccount(several))).toMatchObject({ accountId, userId: null })
    expect(await captured(journy.upsertAccount({ domain: 'byd.example' }))).toMatchObject({
      accountId: 'byd.example',
    })
  })

  it('has a linked device captured as an identify call, so that what it did before is the user’s', async () => {
    await engine.call('track', { anonymousId, event: 'Pricing Viewed' })
    const event = await captured(journy.link({ deviceId: anonymousId, userId, email: user.email }))
    expect(event).toMatchObject({ type: 'identify', userId, anonymousId, traits: { email: user.email } })
    expect(sentAs(event)).toEqual([
      '/link',
      { deviceId: anonymousId, identification: { userId, email: user.email } },
    ])
    expect(await engine.user(userId)).toMatchObject({ events: 2 })
  })

  it('tells the story letter by letter', async () => {
    await captured(journy.addEvent(Event.forUser(unicodeName, person)))
    for (const index of [0, 1, 2, 3, 4]) {
      const added = Event.forUserInAccount('Batch Item Added', person, company)
      expect((await captured(journy.addEvent(added.withMetadata({ index })))).properties).toEqual({
        index: String(index),
      })
    }
    expect((await engine.name(unicodeName)).events).toBe(1)
    expect((await engine.name('Batch Item Added')).events).toBe(5)
    expect(await engine.account(accountId)).toMatchObject({ events: 5, memberList: [{ id: userId }] })
  })

  it('can be looked for by what it means', async () => {
    await captured(
      journy.addEvent(
        Event.forUserInAccount('Invoice Sent', person, company).withMetadata({ total_amount: 7 }),
      ),
    )
    for (const query of [
      'event:"Invoice Sent" properties.total_amount:7',
      `context.groupId:${accountId}`,
      `context.traits.email:${user.email}`,
      `user:${userId} account:${accountId} has:properties`,
    ])
      expect(await engine.events(query), query).toHaveLength(1)
  })

  it('hears that its key is valid, and gets a script for its website', async () => {
    const { lastEventId } = await engine.analysed()
    expect(await journy.getApiKeyDetails()).toMatchObject({
      success: true,
      data: { permissions: expect.arrayContaining(['GetTrackingSnippet']) as string[] },
    })
    const snippet = await journy.getTrackingSnippet({ domain: 'www.tesla.example' })
    expect(snippet).toMatchObject({
      success: true,
      data: {
        domain: 'www.tesla.example',
        snippet: expect.stringContaining(
          `src="${engine.capture}/analytics.js/v1/journy-key/analytics.min.js"`,
        ) as string,
      },
    })
    expect((await engine.analysed()).lastEventId).toBe(lastEventId)
  })

  it('hears of a refusal in the form that it can read', async () => {
    const broken = await engine.post('/events', 'no JSON', [['x-api-key', 'journy-key']])
    expect(broken.status).toBe(400)
    expect(JSON.parse(broken.text)).toMatchObject({
      success: false,
      code: 'BODY_NOT_JSON',
      meta: { status: 400, requestId: expect.any(String) as string },
    })
    expect(await engine.latest()).toMatchObject({ type: 'track', accepted: false, source: 'journy-key' })
    const answer = await engine.send({ method: 'GET', path: '/users/upsert' })
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      meta: { requestId: expect.any(String) as string },
    })
  })
})
