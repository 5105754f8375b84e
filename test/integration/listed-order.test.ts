import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startEngine } from '../../electron/engine/engine.ts'
import type { EngineAddress } from '../../electron/engine/options.ts'
import type { CatalogName } from '../../shared/contract/catalog.ts'
import type { ProblemPage } from '../../shared/contract/problems.ts'
import type { Histogram, Status } from '../../shared/contract/schemas.ts'

// In which order names are listed, and how problems are narrowed to one severity.

let address: EngineAddress
let stop: () => Promise<void>
const data = mkdtempSync(join(tmpdir(), 'trackside-order-'))

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${address.app}/api/v1${path}`, {
    headers: { authorization: `Bearer ${address.token}` },
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

async function namesInOrder(order: string): Promise<string[]> {
  const names: string[] = []
  let cursor = ''
  do {
    const page = await get<{ names: CatalogName[]; nextCursor: string | null }>(
      `/catalog?limit=2&order=${order}${cursor}`,
    )
    names.push(...page.names.map(({ name }) => name))
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  return names
}

beforeAll(async () => {
  const engine = await startEngine({
    port: 0,
    appPort: 0,
    host: '127.0.0.1',
    data,
    page: join(data, 'page'),
    hostKind: 'browser',
  })
  address = engine.address
  stop = () => engine.stop()
  const names = [
    'Invoice Sent',
    'Invoice Sent',
    'Event 12',
    'Send Invoice',
    'Report Exported',
    'Send Invoice',
  ]
  for (const [index, event] of names.entries()) {
    const answer = await fetch(`${address.capture}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({
        anonymousId: 'a',
        event,
        writeKey: 'web',
        messageId: `m${index}`,
        properties: { position: index },
      }),
    })
    expect(answer.status).toBe(200)
  }
  await vi.waitFor(async () => expect((await get<Status>('/status')).analysedUpTo).toBe(names.length), 10_000)
})

afterAll(async () => {
  await stop()
  rmSync(data, { recursive: true, force: true })
})

it('lists names by how often, by how lately and by the alphabet, page by page', async () => {
  const frequent = ['Invoice Sent', 'Send Invoice', 'Event 12', 'Report Exported']
  expect(await namesInOrder('events')).toEqual(frequent)
  expect(await namesInOrder('name')).toEqual(frequent.toSorted())
  const latest = await namesInOrder('lastSeen')
  expect(latest).toHaveLength(4)
  // Two calls may come within a millisecond; those at the ends are further apart.
  expect(latest.indexOf('Send Invoice')).toBeLessThan(latest.indexOf('Invoice Sent'))
})

it('narrows problems to a severity, and still counts the others', async () => {
  const all = await get<ProblemPage>('/problems')
  expect(all.problems.map(({ rule, name }) => [rule, name])).toEqual([
    ['naming/nondescript', 'Event 12'],
    ['naming/object-action', 'Send Invoice'],
  ])
  expect(all.counts).toEqual({ error: 1, warning: 1, info: 0 })
  const warnings = await get<ProblemPage>('/problems?severity=warning')
  expect(warnings.problems.map(({ name }) => name)).toEqual(['Send Invoice'])
  expect(warnings.counts).toEqual(all.counts)
  const none = await get<ProblemPage>('/problems?severity=info&limit=1')
  expect(none).toEqual({ problems: [], nextCursor: null, counts: all.counts, span: all.span })
  const narrowed = await get<ProblemPage>(`/problems?query=${encodeURIComponent('event:"Send Invoice"')}`)
  expect(narrowed.counts).toEqual({ error: 0, warning: 1, info: 0 })
})

it('walks through problems page by page without losing the counts', async () => {
  const first = await get<ProblemPage>('/problems?limit=1')
  const second = await get<ProblemPage>(`/problems?limit=1&cursor=${first.nextCursor}`)
  expect([...first.problems, ...second.problems].map(({ name }) => name)).toEqual([
    'Event 12',
    'Send Invoice',
  ])
  expect(second.nextCursor).toBeNull()
  expect(second.counts).toEqual(first.counts)
})

it('counts every event in the histogram, whichever part of a bucket it falls into', async () => {
  for (const buckets of [1, 3, 90]) {
    const histogram = await get<Histogram>(`/histogram?buckets=${buckets}`)
    expect(histogram.buckets.reduce((sum, { events }) => sum + events, 0)).toBe(6)
  }
})
