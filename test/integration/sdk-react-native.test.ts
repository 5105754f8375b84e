import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/event.ts'
import { expectSuccess } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import { anonymousId, expectStory, story } from './sdk-story.ts'

// @segment/analytics-react-native needs a phone. These are its requests written by hand after its way of sending, not the
// SDK itself: what `proxy`, `cdnProxy` and `useSegmentEndpoints` make of its addresses, its headers, its body.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

const writeKey = 'phone'
const library = { name: '@segment/analytics-react-native', version: '2.24.0' }
const context = {
  app: { build: '1', name: 'Shop', namespace: 'com.example.shop', version: '1.2.3' },
  device: { id: randomUUID(), manufacturer: 'Apple', model: 'iPhone', name: 'iPhone 15', type: 'ios' },
  library,
  locale: 'de-DE',
  network: { cellular: false, wifi: true },
  os: { name: 'iOS', version: '18.1' },
  screen: { width: 390, height: 844, density: 3 },
  timezone: 'Europe/Berlin',
}

/** As its queue holds it: everything has the anonymousId, and the account where the app puts it. */
function queued({ type, message }: ReturnType<typeof story>[number]): JsonObject {
  const { context: own = {}, ...rest } = message as JsonObject & { context?: JsonObject }
  return {
    type,
    ...rest,
    anonymousId,
    messageId: randomUUID(),
    timestamp: new Date().toISOString(),
    integrations: {},
    context: { ...context, instanceId: randomUUID(), ...own },
    _metadata: { bundled: ['Segment.io'], unbundled: [], bundledIds: [] },
  }
}

describe('what @segment/analytics-react-native sends through a proxy', () => {
  it('begins with its settings, asked for under the address that an emulator has for this machine', async () => {
    for (const prefix of ['', '/v1']) {
      const answer = await engine.send({
        method: 'GET',
        path: `${prefix}/projects/${writeKey}/settings`,
        headers: [
          ['Host', '10.0.2.2:7357'],
          ['Cache-Control', 'no-cache'],
        ],
      })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text)).toMatchObject({
        integrations: { 'Segment.io': { apiKey: writeKey, apiHost: '10.0.2.2:7357/v1' } },
        plan: {},
        edgeFunction: {},
        middlewareSettings: {},
      })
    }
  })

  it('tells the whole story in batches to /b, known by the key in their bodies', async () => {
    const calls = story()
      .filter(({ type }) => type !== 'page')
      .map(queued)
    for (const batch of [calls.slice(0, 6), calls.slice(6)]) {
      const body = JSON.stringify({ batch, sentAt: new Date().toISOString(), writeKey })
      expectSuccess(await engine.post('/b', body, [['Content-Type', 'application/json; charset=utf-8']]))
    }
    const events = await expectStory(engine, {
      source: writeKey,
      library,
      leavesOut: ['page'],
      asSent: () => ({ anonymousId }),
    })
    expect(events.map(({ messageId }) => messageId)).toEqual(calls.map((call) => call['messageId']))
    expect((await engine.event(3)).payload).toBe(JSON.stringify(calls[2]))
  })

  it('may come again when the answer was lost, saying how often it has been tried', async () => {
    const call = queued({ type: 'screen', message: { userId: 'user_42', name: 'Inbox', properties: {} } })
    const body = JSON.stringify({ batch: [call], sentAt: new Date().toISOString(), writeKey })
    expectSuccess(await engine.post('/b', body))
    expectSuccess(await engine.post('/b', body, [['X-Retry-Count', '1']]))
    const [sent, again] = (await engine.events('type:screen')).slice(-2)
    expect(sent?.problems).toEqual([])
    expect(again?.problems.map(({ rule }) => rule)).toEqual(['delivery/duplicate'])
    expect((await engine.event(again?.id ?? 0)).request.headers).toContainEqual(['X-Retry-Count', '1'])
  })
})
