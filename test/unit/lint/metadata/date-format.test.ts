import { describe, expect, it } from 'vitest'
import { linted } from '../call.ts'
import { findingsIn, findingsOf, fixesOf } from './findings.ts'

const rule = 'metadata/date-format'

describe('a date that is not ISO 8601', () => {
  const rows: [key: string, value: unknown, suggestion: string | null][] = [
    ['due_date', '02/23/2026', '2026-02-23'],
    ['due_date', '23/02/2026', '2026-02-23'],
    ['due_date', '03/02/2026', null],
    ['due_date', '02/02/2026', '2026-02-02'],
    ['due_date', '03.02.2026', '2026-02-03'],
    ['dueDate', '2026/02/03', '2026-02-03'],
    ['date', '2026-2-3', '2026-02-03'],
    ['created_at', '2026-02-03 04:05:06', '2026-02-03T04:05:06'],
    ['created_at', '2026-02-03 04:05:06.789 UTC', '2026-02-03T04:05:06.789Z'],
    ['created_at', '2026-02-03 04:05:06 +0200', '2026-02-03T04:05:06+02:00'],
    [
      'createdAt',
      'Tue Feb 03 2026 04:05:06 GMT+0100 (Central European Standard Time)',
      '2026-02-03T04:05:06+01:00',
    ],
    ['createdAt', 'Tue, 03 Feb 2026 04:05:06 GMT', '2026-02-03T04:05:06Z'],
    ['signed_on', 'February 3rd, 2026', '2026-02-03'],
    ['signed_on', '3 Feb 2026', '2026-02-03'],
    ['signed_on', '3-Feb-2026', '2026-02-03'],
    ['updated_at', '2/23/2026, 4:05:06 PM', '2026-02-23T16:05:06'],
    ['updated_at', '2/23/2026 12:05 AM', '2026-02-23T00:05:00'],
    ['created_at', 1770091506, '2026-02-03T04:05:06Z'],
    ['created_at', 1770091506789, '2026-02-03T04:05:06.789Z'],
    ['created_at', '1770091506', '2026-02-03T04:05:06Z'],
    ['expiryDate', 1770091506.5, '2026-02-03T04:05:06.500Z'],
    ['timestamp', '02/23/2026', '2026-02-23'],
    ['birthday', '2026-02-30', null],
    ['date', '2026-13-01', null],
    ['date', '0000-00-00', null],
    ['starts_at', '2026-02-03T25:00:00Z', null],
  ]
  it.each(rows)('%s: %j', (key, value, suggestion) => {
    expect(fixesOf(rule, { [key]: value })).toEqual([[`properties.${key}`, suggestion]])
  })

  it('is found in lists once, and in traits', () => {
    expect(findingsOf(rule, { visits: [{ date: '1/31/2026' }, { date: '2/28/2026' }] })).toHaveLength(1)
    const call = { type: 'identify', userId: 'abc123', traits: { createdAt: '1/31/2026' } }
    expect(findingsIn(rule, linted(call)).map(({ path }) => path)).toEqual(['traits.createdAt'])
  })
})

describe('left alone is', () => {
  const rows: [key: string, value: unknown][] = [
    ['date', '2026-02-03'],
    ['date', '2026-02'],
    ['date', '2026'],
    ['date', '20260203'],
    ['date', '2026-W06-2'],
    ['date', '2026-034'],
    ['created_at', '2026-02-03T04:05Z'],
    ['created_at', '2026-02-03T04:05:06.789012+02:00'],
    ['created_at', '20260203T040506Z'],
    ['timestamp', 1770091506],
    ['timestamp', '1770091506'],
    ['event_time', 1770091506789],
    ['time', '04:05'],
    ['date', 'tomorrow'],
    ['date', 'Last 30 days'],
    ['date', ''],
    ['date', null],
    ['date', 3],
    ['bought_at', 'Store 24'],
    ['looking_at', 5],
    ['at', 1770091506],
    ['version_date', '1.2.3'],
    ['expires_at', 30],
    ['day', '02/23/2026'],
    ['note', 'due 02/23/2026'],
    ['candidate', '02/23/2026'],
    ['is_up_to_date', true],
  ]
  it.each(rows)('%s: %j', (key, value) => {
    expect(findingsOf(rule, { [key]: value })).toEqual([])
  })
})

it('every suggestion is a date without problems', () => {
  const written = [
    '02/23/2026',
    '3 Feb 2026',
    '2026-02-03 04:05:06 +0200',
    'Tue Feb 03 2026 04:05:06 GMT+0100 (CET)',
  ]
  for (const date of written) {
    const [suggestion] = findingsOf(rule, { date }).map((finding) => finding.suggestion)
    expect(suggestion).toEqual(expect.any(String))
    expect(findingsOf(rule, { date: suggestion })).toEqual([])
  }
})
