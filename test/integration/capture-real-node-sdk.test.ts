import { Analytics } from '@segment/analytics-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccountDetail, UserDetail } from '../../shared/contract/schemas.ts'
import { LossyNetwork } from './lossy-network.ts'
import { RunningEngine } from './running-engine.ts'

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

/** The SDK as a server uses it; what it says of a failed delivery fails the test. */
function sdk(host: string): { analytics: Analytics; flush(): Promise<void> } {
  const analytics = new Analytics({ writeKey: 'checkout-service', host, flushAt: 4 })
  const failures: unknown[] = []
  analytics.on('error', (error) => failures.push(error))
  return {
    analytics,
    flush: async () => {
      await analytics.closeAndFlush({ timeout: 20_000 })
      expect(failures).toEqual([])
    },
  }
}

describe('the real Node SDK', () => {
  it('has each of its calls captured, and still there after a restart', async () => {
    const { analytics, flush } = sdk(engine.capture)
    const context = { groupId: 'acct_7' }
    const happened = new Date('2026-01-02T03:04:05.678Z')
    analytics.track({ anonymousId: 'anon_1', event: 'Pricing Viewed', properties: { plan: 'pro' } })
    analytics.identify({ userId: 'user_42', anonymousId: 'anon_1', traits: { email: 'zoe@example.com' } })
    analytics.group({ userId: 'user_42', groupId: 'acct_7', traits: { name: 'Tesla, Inc' } })
    analytics.page({ userId: 'user_42', category: 'Docs', name: 'Pricing', properties: { path: '/pricing' } })
    analytics.screen({ userId: 'user_42', name: 'Home Screen', properties: { tab: 'inbox' } })
    analytics.track({
      userId: 'user_42',
      event: 'Invoice Sent',
      properties: { total_amount: 123.45, lines: [{ sku: '1-a' }, { sku: '2-b' }] },
      context,
      integrations: { Intercom: false },
      timestamp: happened,
    })
    analytics.alias({ userId: 'user_42', previousId: 'anon_before_that' })
    await flush()

    const events = await engine.events()
    const byType = (type: string) => events.find((event) => event.type === type)
    expect(events.map(({ type }) => type).sort()).toEqual(
      ['alias', 'group', 'identify', 'page', 'screen', 'track', 'track'].sort(),
    )
    for (const event of events) {
      expect(event).toMatchObject({
        accepted: true,
        source: 'checkout-service',
        library: { name: '@segment/analytics-node', version: expect.stringMatching(/^3\./) as string },
        messageId: expect.stringMatching(/^node-next-/) as string,
        person: { id: 'user_42', label: 'zoe@example.com' },
      })
    }
    expect(events.find(({ event }) => event === 'Invoice Sent')).toMatchObject({
      userId: 'user_42',
      accountId: 'acct_7',
      accountName: 'Tesla, Inc',
      originalTimestamp: '2026-01-02T03:04:05.678Z',
      properties: { total_amount: 123.45, lines: [{ sku: '1-a' }, { sku: '2-b' }] },
      integrations: { Intercom: false },
      context: { groupId: 'acct_7' },
      problems: [{ rule: 'time/old', path: 'timestamp' }],
    })
    expect(byType('identify')).toMatchObject({ anonymousId: 'anon_1', traits: { email: 'zoe@example.com' } })
    expect(byType('group')).toMatchObject({ accountId: 'acct_7', traits: { name: 'Tesla, Inc' } })
    expect(byType('page')).toMatchObject({ name: 'Pricing', properties: { path: '/pricing' } })
    expect(byType('screen')).toMatchObject({ name: 'Home Screen', properties: { tab: 'inbox' } })
    expect(byType('alias')).toMatchObject({ previousId: 'anon_before_that' })

    const user = await engine.api<UserDetail>('/users/anon_before_that')
    const account = await engine.api<AccountDetail>('/accounts/acct_7')
    expect(user.id).toBe('user_42')
    expect(account.memberList).toMatchObject([{ id: 'user_42', via: 'group', events: 2 }])

    await engine.restart()
    expect(await engine.events()).toEqual(events)
    expect(await engine.api('/users/user_42')).toEqual(user)
    expect(await engine.api('/accounts/acct_7')).toEqual(account)
  })

  it('fills several batches, and every call is counted once', async () => {
    const { analytics, flush } = sdk(engine.capture)
    for (let step = 0; step < 250; step += 1)
      analytics.track({ userId: `user_${step % 7}`, event: 'Step Taken', properties: { step } })
    await flush()
    const events = await engine.events('event:"Step Taken"')
    const steps = events.map(({ properties }) => Number(properties?.['step']))
    expect(steps.sort((one, other) => one - other)).toEqual(Array.from({ length: 250 }, (_, step) => step))
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBeGreaterThanOrEqual(250 / 4)
    // Nobody has said who the seven are, which is told once of each.
    expect(events.flatMap(({ problems }) => problems.map(({ rule }) => rule))).toEqual(
      Array(7).fill('identity/before-identify'),
    )
  })

  describe('behind a network that loses the first answer', () => {
    let network: LossyNetwork

    beforeEach(async () => {
      network = await LossyNetwork.to(engine.capture)
    })

    afterEach(() => network.close())

    it('tries again, and the second delivery is known for a duplicate', async () => {
      const { analytics, flush } = sdk(network.url)
      analytics.track({ anonymousId: 'anon_1', event: 'Invoice Sent', properties: { total_amount: 1 } })
      analytics.track({ anonymousId: 'anon_1', event: 'Invoice Paid', properties: { total_amount: 1 } })
      await flush()
      expect(network.attempts).toBe(2)

      const events = await engine.events()
      expect(events.map(({ event }) => event)).toEqual([
        'Invoice Sent',
        'Invoice Paid',
        'Invoice Sent',
        'Invoice Paid',
      ])
      const [sent, paid, sentAgain, paidAgain] = events
      expect(sentAgain?.messageId).toBe(sent?.messageId)
      expect(paidAgain?.messageId).toBe(paid?.messageId)
      expect(sent?.problems).toEqual([])
      expect(paid?.problems).toEqual([])
      expect(sentAgain?.problems).toMatchObject([{ rule: 'delivery/duplicate', path: 'messageId' }])
      expect(sentAgain?.problems[0]?.message).toContain('Event 1,')
      expect(paidAgain?.problems).toMatchObject([{ rule: 'delivery/duplicate' }])
      const { request } = await engine.event(3)
      expect(request.headers).toContainEqual(['x-retry-count', '1'])
    })
  })
})
