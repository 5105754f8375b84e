import { describe, expect, it } from 'vitest'
import { absentIn, elsewhereIn, tabOf } from '../../../renderer/components/event-panel/problem-marks.ts'
import { agreedSeverity, judgedBy, mutedIn } from '../../../renderer/views/problems/muted.ts'
import { qualityOf, scoreOf } from '../../../renderer/views/problems/quality.ts'
import { beginOf, queryWithin, rangeIn } from '../../../renderer/views/problems/range.ts'
import { keyOfGroup, sectionsOf } from '../../../renderer/views/problems/sections.ts'
import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import type { EventDetail, Problem, Severity } from '../../../shared/event.ts'
import { defaultLintConfig } from '../../../shared/lint/config.ts'
import { parseQuery } from '../../../shared/query/index.ts'

const problemAt = (path: string, severity: Severity = 'warning'): Problem => ({
  rule: 'metadata/spec',
  severity,
  path,
  message: 'wrong',
  reason: 'because',
  suggestion: null,
})

const group = (fields: Partial<ProblemGroup>): ProblemGroup => ({
  rule: 'naming/casing',
  severity: 'warning',
  name: 'order_completed',
  type: 'track',
  events: 1,
  firstEventId: 1,
  firstSeenAt: '2026-01-01T00:00:00.000Z',
  lastEventId: 1,
  lastSeenAt: '2026-01-01T00:00:00.000Z',
  source: null,
  sources: ['web'],
  trend: [1],
  example: problemAt('event'),
  ...fields,
})

describe('the quality of events', () => {
  it('counts a warning half and an error not at all', () => {
    expect(scoreOf({ events: 4, warnings: 0, errors: 0 })).toBe(100)
    expect(scoreOf({ events: 4, warnings: 1, errors: 0 })).toBe(87)
    expect(scoreOf({ events: 4, warnings: 0, errors: 1 })).toBe(75)
    expect(scoreOf({ events: 4, warnings: 0, errors: 4 })).toBe(0)
  })

  it('is 100 only where nothing is wrong, and nothing at all where nothing came', () => {
    expect(scoreOf({ events: 1_000_000, warnings: 1, errors: 0 })).toBe(99)
    expect(scoreOf({ events: 0, warnings: 0, errors: 0 })).toBeNull()
  })

  it('moves from the earlier half of the time to the later one', () => {
    const bad = { events: 2, warnings: 0, errors: 2 }
    const good = { events: 2, warnings: 0, errors: 0 }
    const nothing = { events: 0, warnings: 0, errors: 0 }
    expect(qualityOf([bad, nothing, nothing, good])).toMatchObject({
      score: 50,
      line: [0, null, null, 100],
      change: 100,
      errors: 2,
    })
    expect(qualityOf([good, nothing]).change).toBeNull()
  })
})

describe('a session', () => {
  const now = new Date(2026, 4, 17, 14, 35, 12).getTime()

  it('begins with the local day, the hour, or the moment that was set', () => {
    expect(beginOf('all', now)).toBeNull()
    expect(beginOf('today', now)).toBe(new Date(2026, 4, 17).toISOString())
    expect(beginOf('hour', now)).toBe(new Date(2026, 4, 17, 14).toISOString())
    const mark = '2026-05-17T12:00:00.000Z'
    expect(beginOf(rangeIn(mark), now)).toBe(mark)
  })

  it('is all of the time where an address says nonsense', () => {
    expect(rangeIn('yesterday-ish')).toBe('all')
    expect(rangeIn(undefined)).toBe('all')
  })

  it('becomes a query that can be read, whatever the source is called', () => {
    for (const source of ['web', '', 'a "b" (c)', 'OR']) {
      const text = queryWithin('event:a OR event:b', '2026-05-17T12:00:00.000Z', source)
      expect(parseQuery(text), text).toMatchObject({ ok: true, query: { kind: 'and' } })
    }
  })
})

describe('what is muted', () => {
  const groups = [
    group({}),
    group({ name: 'cart_viewed' }),
    group({ rule: 'metadata/none', severity: 'info' }),
    group({ type: 'page', rule: 'metadata/none', severity: 'info' }),
  ]
  const left = (config: Partial<typeof defaultLintConfig>): (string | null)[][] =>
    judgedBy({ ...defaultLintConfig, ...config }, groups).map(({ rule, type, name }) => [rule, type, name])

  it('is gone at once: a rule, a rule at a name, or all rules at a name', () => {
    expect(left({})).toHaveLength(4)
    expect(left({ rules: { 'naming/casing': 'off' } })).toEqual([
      ['metadata/none', 'track', 'order_completed'],
      ['metadata/none', 'page', 'order_completed'],
    ])
    expect(left({ names: { order_completed: { 'naming/casing': 'off' } } })).toHaveLength(3)
    // The name of a page is no event name.
    expect(left({ names: { order_completed: { '*': 'off' } } })).toEqual([
      ['naming/casing', 'track', 'cart_viewed'],
      ['metadata/none', 'page', 'order_completed'],
    ])
  })

  it('is counted, and a severity that was changed shows at once', () => {
    const config = {
      ...defaultLintConfig,
      rules: { 'naming/casing': 'error', 'metadata/none': 'off' } as const,
      names: { order_completed: { '*': 'off' }, cart_viewed: { 'naming/casing': 'info' } } as const,
    }
    expect(mutedIn(config)).toEqual({ rules: 1, names: 1 })
    expect(agreedSeverity(config, group({ name: 'cart_viewed' }))).toBe('info')
    expect(judgedBy(config, groups).map(({ severity }) => severity)).toEqual(['info'])
  })
})

it('groups by source tell a group of one source from the same of another', () => {
  const groups = [
    group({ source: 'web', events: 2 }),
    group({ source: 'ios', severity: 'error' }),
    group({ source: '' }),
  ]
  expect(sectionsOf(groups, 'source').map(({ key }) => key)).toEqual(['ios', 'web', ''])
  expect(new Set(groups.map(keyOfGroup)).size).toBe(3)
})

describe('a problem in the event', () => {
  const event = {
    properties: { total: '1', products: [{ sku: 1 }] },
    traits: null,
    context: { groupId: 7, page: { url: 'x' } },
    integrations: null,
    problems: [
      'event',
      'type',
      '',
      'messageId',
      'userId',
      'context.groupId',
      'timestamp',
      'properties',
      'properties.total',
      'properties.products[0].sku',
      'properties.order_id',
      'traits.email',
      'context.page.url',
      'context.ip',
      'channel',
    ].map((path) => problemAt(path)),
  } as Partial<EventDetail> as EventDetail

  it('is marked in the tab that shows its place', () => {
    expect(Object.fromEntries(event.problems.map((problem) => [problem.path, tabOf(problem)]))).toEqual({
      event: null,
      type: null,
      '': 'request',
      messageId: 'request',
      userId: 'properties',
      'context.groupId': 'properties',
      timestamp: 'properties',
      properties: 'properties',
      'properties.total': 'properties',
      'properties.products[0].sku': 'properties',
      'properties.order_id': 'properties',
      'traits.email': 'properties',
      'context.page.url': 'context',
      'context.ip': 'context',
      channel: 'properties',
    })
  })

  it('has a row of its own where nothing stands at its place', () => {
    const paths = (problems: readonly Problem[]): string[] => problems.map(({ path }) => path)
    expect(paths(absentIn(event, 'properties'))).toEqual(['properties.order_id'])
    expect(paths(absentIn(event, 'traits'))).toEqual(['traits.email'])
    expect(paths(absentIn(event, 'context'))).toEqual(['context.ip'])
    expect(paths(elsewhereIn(event))).toEqual(['channel'])
  })
})
