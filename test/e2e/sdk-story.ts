import type { Page } from '@playwright/test'
import type { JsonObject, TracksideEvent } from '../../shared/event.ts'
import { expect } from './shop.ts'
import type { Trackside } from './trackside.ts'

// One small story, told by every SDK: a visitor becomes user_42 of account acct_7.

const story = {
  anonymousId: 'anon_1',
  userId: 'user_42',
  accountId: 'acct_7',
  user: { name: 'Zoë Müller 🚀', email: 'zoe@example.com', plan: 'pro' },
  account: { name: 'Tesla, Inc — Ünïcode', employees: 420 },
  invoice: {
    total_amount: 123.45,
    currency: 'usd',
    note: 'naïve café ✓ 日本語 🎉',
    nested: { a: [1, 'two', null, true] },
  },
  unicodeName: 'Événement Créé 你好 🙂',
} as const

/** Calls that not every SDK has. */
type RareCall = 'screen' | 'alias'

/** What the SDKs' calls have in common. They give back a promise, themselves, or nothing. */
export interface SdkCalls {
  setAnonymousId(id: string): unknown
  page(category: string, name: string, properties: JsonObject): unknown
  identify(userId: string, traits: JsonObject): unknown
  group(accountId: string, traits: JsonObject): unknown
  track(event: string, properties: JsonObject, options?: { context: JsonObject }): unknown
  screen(name: string, properties: JsonObject): unknown
  alias(userId: string, previousId: string): unknown
}

interface Telling {
  /** The calls that the SDK has not. */
  without?: readonly RareCall[]
}

/** Makes the calls of the story with the SDK that the page has as `analytics`, one after the other. */
export async function tellStory(page: Page, { without = [] }: Telling = {}): Promise<void> {
  await page.evaluate(
    async ({ anonymousId, userId, accountId, user, account, invoice, unicodeName, rare }) => {
      const { analytics } = globalThis as unknown as { analytics: SdkCalls }
      const { nested, ...billed } = invoice
      const ofAccount = { context: { groupId: accountId } }
      await analytics.setAnonymousId(anonymousId)
      await analytics.page('Docs', 'Pricing', { plan: 'pro' })
      await analytics.identify(userId, user)
      await analytics.group(accountId, account)
      await analytics.track('Invoice Sent', { ...billed, nested: { a: [...nested.a] } }, ofAccount)
      for (const index of [0, 1, 2, 3, 4]) await analytics.track('Batch Item Added', { index }, ofAccount)
      await analytics.track(unicodeName, {})
      if (rare.includes('screen')) await analytics.screen('Home Screen', { tab: 'inbox' })
      if (rare.includes('alias')) await analytics.alias(userId, anonymousId)
    },
    { ...story, rare: (['screen', 'alias'] as const).filter((call) => !without.includes(call)) },
  )
}

type ExpectedEvent = Partial<TracksideEvent>

interface Expectation extends Telling {
  source: string
  library: string
  /** Where the SDK gives the account to calls after group that do not name it. */
  keepsAccount?: boolean
}

function expectedEvents({
  source,
  library,
  without = [],
  keepsAccount = false,
}: Expectation): ExpectedEvent[] {
  const { anonymousId, userId, accountId, user, account, unicodeName } = story
  const known = { anonymousId, userId }
  const kept = { ...known, ...(keepsAccount ? { accountId } : {}) }
  const events: ExpectedEvent[] = [
    { type: 'page', name: 'Pricing', anonymousId, userId: null, properties: { plan: 'pro' } },
    { type: 'identify', ...known, traits: user },
    { type: 'group', ...known, accountId, traits: account },
    { type: 'track', event: 'Invoice Sent', ...known, accountId },
    ...[0, 1, 2, 3, 4].map((index) => ({
      type: 'track' as const,
      event: 'Batch Item Added',
      ...known,
      accountId,
      properties: { index },
    })),
    { type: 'track', event: unicodeName, ...kept },
  ]
  if (!without.includes('screen'))
    events.push({ type: 'screen', name: 'Home Screen', ...kept, properties: { tab: 'inbox' } })
  if (!without.includes('alias')) events.push({ type: 'alias', userId, previousId: anonymousId })
  return events.map((event) => ({
    ...event,
    accepted: true,
    source,
    library: { name: library, version: expect.any(String) as unknown as string },
  }))
}

/** What was captured, in the order of the log. */
export async function captured(trackside: Trackside): Promise<TracksideEvent[]> {
  return (await trackside.api<{ events: TracksideEvent[] }>('/events?order=asc&limit=500')).events
}

/** Waits for the story, and sees that each call has arrived as it was made, and no other. */
export async function expectStory(trackside: Trackside, expectation: Expectation): Promise<void> {
  const expected = expectedEvents(expectation)
  await expect.poll(async () => (await captured(trackside)).length).toBeGreaterThanOrEqual(expected.length)
  // An SDK that sends each call by itself has several requests under way: which one is first is not its to say.
  const place = ({ type, event, properties }: ExpectedEvent): number =>
    expected.findIndex(
      (other) =>
        other.type === type &&
        (other.event ?? null) === (event ?? null) &&
        other.properties?.['index'] === properties?.['index'],
    )
  const events = (await captured(trackside)).toSorted((one, other) => place(one) - place(other))
  expect(events).toMatchObject(expected)
  expect(events.find(({ event }) => event === 'Invoice Sent')?.properties).toEqual(story.invoice)
  const ids = new Set(events.map(({ messageId }) => messageId))
  expect(ids).not.toContain(null)
  expect(ids.size).toBe(expected.length)
}
