import { jitsuAnalytics } from '@jitsu/js'
import type { AnalyticsInterface } from '@jitsu/js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RunningEngine } from './running-engine.ts'
import { accountId, anonymousId, expectStory, story, unicodeName, userId } from './sdk-story.ts'

// The real @jitsu/js, which remembers who the user is, and in which account, from one call to the next.

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

/** The visitor comes first: afterwards every call is the user's. */
async function tell(jitsu: AnalyticsInterface): Promise<void> {
  // It keeps the user for as long as the process lives, whatever object asks.
  await jitsu.reset()
  jitsu.setAnonymousId(anonymousId)
  await jitsu.track(unicodeName, {})
  for (const { type, message } of story()) {
    if (type === 'identify') await jitsu.identify(message.userId, message.traits)
    if (type === 'group') await jitsu.group(message.groupId, message.traits)
    if (type === 'page') await jitsu.page(message.name, { ...message.properties, category: message.category })
    if (type === 'track' && 'userId' in message) await jitsu.track(message.event, message.properties)
  }
}

describe.each([
  ['in a browser', false, '/api/s/track'],
  ['on a server', true, '/api/s/s2s/track'],
])('@jitsu/js as it sends %s', (_where, s2s, path) => {
  it('tells the whole story, and its key names the source without its secret half', async () => {
    const failures: string[] = []
    const jitsu = jitsuAnalytics({
      host: engine.capture,
      writeKey: 'jitsu-id:jitsu-secret',
      s2s,
      fetch,
      errorPolicy: (message) => failures.push(message),
    })
    await tell(jitsu)
    expect(failures).toEqual([])
    const [visit] = await expectStory(engine, {
      source: 'jitsu-id',
      library: { name: '@jitsu/js', version: '1.11.0' },
      leavesOut: ['screen', 'alias'],
      asSent: ({ type, event, name, category, properties }) => ({
        anonymousId,
        ...(type === 'page' && {
          accountId,
          properties: { ...(properties as object), name, category },
        }),
        // The group is at the top of what follows it, not in the context.
        ...(type === 'track' && {
          context: { library: { name: '@jitsu/js', version: '1.11.0', env: 'node' } },
        }),
        ...(event === unicodeName && { userId: null }),
      }),
      problems: [],
    })
    const { payload, request } = await engine.event(visit?.id ?? 0)
    expect(request.path).toBe(path)
    expect(payload).toContain('"writeKey":"jitsu-id:***"')
    expect(JSON.stringify(request)).not.toContain('jitsu-secret')
    expect(await engine.account(accountId)).toMatchObject({ memberList: [{ id: userId, events: 8 }] })
  })

  it('says what went wrong when a call is refused', async () => {
    const failures: string[] = []
    const jitsu = jitsuAnalytics({
      host: engine.capture,
      writeKey: 'jitsu-id:jitsu-secret',
      s2s,
      fetch: (url, options) => fetch(url, { ...options, body: 'broken on the way' }),
      errorPolicy: (message) => failures.push(message),
    })
    await jitsu.track('Invoice Sent', { total_amount: 1 })
    expect(failures).toEqual([expect.stringContaining('BODY_NOT_JSON') as string])
  })
})
