import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventPage } from '../../shared/contract/schemas.ts'
import { expectSuccess } from './answers.ts'
import { RunningEngine } from './running-engine.ts'

// A page of five hundred calls of five megabytes each would fill the memory, and keep capture waiting for it.

let engine: RunningEngine
const ids = [1, 2, 3, 4, 5, 6]

beforeAll(async () => {
  engine = await RunningEngine.start()
  const note = 'n'.repeat(1_500_000)
  for (const step of ids)
    expectSuccess(
      await engine.post('/v1/track', { userId: 'u', event: 'Step Taken', properties: { step, note } }),
    )
})

afterAll(() => engine.close())

it.each(['', 'event:"Step Taken"'])(
  'large events come a few to a page, each once and in order: %s',
  async (query) => {
    const matching = encodeURIComponent(query)
    await engine.api('/wait', 'POST', { query, count: ids.length })
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: EventPage = await engine.api(`/events?order=asc&query=${matching}&cursor=${cursor}`)
      expect(page.events.length).toBeLessThanOrEqual(2)
      seen.push(...page.events.map(({ id }) => id))
      expect(page.upTo).toBe(seen.at(-1))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(ids)
  },
)

it('one that is larger than a page comes alone, before the others', async () => {
  const properties = { note: 'n'.repeat(4_500_000) }
  expectSuccess(await engine.post('/v1/track', { userId: 'u', event: 'Archive Sent', properties }))
  const page = await engine.api<EventPage>('/events')
  expect(page.events.map(({ event }) => event)).toEqual(['Archive Sent'])
  expect(page.nextCursor).not.toBeNull()
})

it('a wait for several gives all of them', async () => {
  const { ok, events } = await engine.api<{ ok: boolean; events: { id: number }[] }>('/wait', 'POST', {
    query: 'event:"Step Taken"',
    count: ids.length,
  })
  expect(ok).toBe(true)
  expect(events.map(({ id }) => id)).toEqual(ids)
})
