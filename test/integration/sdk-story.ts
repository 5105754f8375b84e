import { expect } from 'vitest'
import type { CallType, JsonObject, TracksideEvent } from '../../shared/event.ts'
import type { RunningEngine } from './running-engine.ts'

// One small story that every SDK is made to tell: somebody is known, belongs to an account, sends an invoice, adds five
// things, looks at a page and a screen; a visitor does something with a name that is not ASCII.

export const userId = 'user_42'
export const anonymousId = 'anon_1'
export const accountId = 'acct_7'
export const unicodeName = 'Événement Créé 你好 🙂'
export const user = { name: 'Zoë Müller 🚀', email: 'zoe@example.com', plan: 'pro' }
export const account = { name: 'Tesla, Inc — Ünïcode', employees: 420 }
export const invoice = {
  total_amount: 123.45,
  currency: 'usd',
  note: 'naïve café ✓ 日本語 🎉',
  nested: { a: [1, 'two', null, true] },
}

interface Messages {
  identify: { userId: string; anonymousId: string; traits: typeof user }
  group: { userId: string; groupId: string; traits: typeof account }
  track: { event: string; properties: typeof invoice | Record<string, number> } & (
    { userId: string; context: { groupId: string } } | { anonymousId: string }
  )
  page: { userId: string; name: string; category: string; properties: Record<string, string> }
  screen: { userId: string; name: string; properties: Record<string, string> }
  alias: { userId: string; previousId: string }
}

/** A call of the story, as SDKs for servers take it: its type is a method's name. */
export type StoryCall = { [Type in CallType]: { type: Type; message: Messages[Type] } }[CallType]

/** The story anew: some SDKs write into what they are given. */
export function story(): StoryCall[] {
  const context = (): { groupId: string } => ({ groupId: accountId })
  return [
    { type: 'identify', message: { userId, anonymousId, traits: { ...user } } },
    { type: 'group', message: { userId, groupId: accountId, traits: { ...account } } },
    {
      type: 'track',
      message: { userId, event: 'Invoice Sent', properties: structuredClone(invoice), context: context() },
    },
    {
      type: 'page',
      message: {
        userId,
        name: 'Pricing',
        category: 'Docs',
        properties: { path: '/pricing', title: 'Prîcing' },
      },
    },
    { type: 'screen', message: { userId, name: 'Home Screen', properties: { tab: 'inbox' } } },
    { type: 'alias', message: { userId, previousId: anonymousId } },
    ...[0, 1, 2, 3, 4].map((index): StoryCall => ({
      type: 'track',
      message: { userId, event: 'Batch Item Added', properties: { index }, context: context() },
    })),
    { type: 'track', message: { anonymousId, event: unicodeName, properties: {} } },
  ]
}

/** An SDK whose calls take one object, as Segment's own for servers do. */
export type Teller = { [Type in Exclude<CallType, 'alias'>]: (message: Messages[Type]) => unknown } & {
  alias?: (message: Messages['alias']) => unknown
}

export function tell(teller: Teller): void {
  for (const { type, message } of story()) {
    switch (type) {
      case 'identify':
        teller.identify(message)
        break
      case 'group':
        teller.group(message)
        break
      case 'track':
        teller.track(message)
        break
      case 'page':
        teller.page(message)
        break
      case 'screen':
        teller.screen(message)
        break
      case 'alias':
        teller.alias?.(message)
    }
  }
}

export interface Told {
  source: string
  library: { name: string; version: unknown }
  /** Calls that the SDK does not have. */
  leavesOut?: readonly CallType[]
  /** What its events say beyond, or other than, what their calls were given. */
  asSent?: (call: ToldCall) => JsonObject
  /** What is wrong with it, but for names without metadata, as `rule: call`. */
  problems?: readonly string[]
}

export type ToldCall = JsonObject & { type: CallType }

const told = ({ type, event, name }: { type: unknown; event?: unknown; name?: unknown }): string =>
  [type, event ?? name].filter(Boolean).join(' ')

/** Everything of the story has arrived once, unharmed, with its user and its account; gives back its events. */
export async function expectStory(engine: RunningEngine, sdk: Told): Promise<TracksideEvent[]> {
  const { source, library, leavesOut = [], asSent = () => ({}) } = sdk
  const { problems = [`account/missing: track ${unicodeName}`] } = sdk
  const events = await engine.events()
  const calls = story()
    .filter(({ type }) => !leavesOut.includes(type))
    .map(expected)
    .map((call) => ({ ...call, ...asSent(call) }))
  expect(events.map(told).sort()).toEqual(calls.map(told).sort())
  for (const event of events)
    expect(event).toMatchObject({ accepted: true, source, library, person: { id: userId, label: user.name } })
  for (const name of new Set(calls.map(told))) {
    const index = ({ properties }: JsonObject): number =>
      Number((properties as JsonObject | null)?.['index'] ?? 0)
    const found = events
      .filter((event) => told(event) === name)
      .sort((one, other) => index(one) - index(other))
    expect(found).toMatchObject(calls.filter((call) => told(call) === name))
  }
  await expectPeople(engine, events.length)
  const found = events.flatMap((event) => event.problems.map(({ rule }) => `${rule}: ${told(event)}`))
  expect(found.filter((problem) => !problem.startsWith('metadata/none'))).toEqual(problems)
  return events
}

/** How the event has to look that a call becomes. */
function expected({ type, message }: StoryCall): ToldCall {
  const ids = { type, userId: null, anonymousId: null }
  switch (type) {
    case 'group': {
      const { groupId, ...rest } = message
      return { ...ids, accountId: groupId, ...rest }
    }
    case 'track':
      return { ...ids, accountId: 'context' in message ? message.context.groupId : null, ...message }
    default:
      return { ...ids, ...message }
  }
}

async function expectPeople(engine: RunningEngine, events: number): Promise<void> {
  const person = await engine.user(userId)
  expect(person).toMatchObject({ id: userId, name: user.name, email: user.email, traits: user, events })
  expect(person.identities.map(({ kind, value }) => [kind, value])).toEqual([
    ['user', userId],
    ['anonymous', anonymousId],
  ])
  expect(await engine.account(accountId)).toMatchObject({
    name: account.name,
    traits: account,
    described: true,
    memberList: [{ id: userId, via: 'group' }],
  })
}
