import { describe, expect, it } from 'vitest'
import { linted } from '../call.ts'
import { findingsIn, fixesOf } from './findings.ts'

const rule = 'metadata/reserved'

it.each([
  [{ revenue: '25' }, [['properties.revenue', '25']]],
  [{ revenue: '$1,234.50' }, [['properties.revenue', '1234.50']]],
  [{ value: { amount: 5 } }, [['properties.value', null]]],
  [{ currency: 'euro' }, [['properties.currency', 'EUR']]],
  [{ currency: '$' }, [['properties.currency', null]]],
  [{ currency: 978 }, [['properties.currency', null]]],
  [{ revenue: 25, value: 0.5, currency: 'usd' }, []],
  [{ revenue: null, currency: null }, []],
])('the money in %j', (properties, fixes) => {
  expect(fixesOf(rule, properties)).toEqual(fixes)
})

describe('a reserved key of another type than the spec has', () => {
  const rows: [
    type: string,
    field: string,
    values: object,
    path: string | null,
    suggestion: string | null,
  ][] = [
    ['identify', 'traits', { age: '42' }, 'traits.age', '42'],
    ['identify', 'traits', { Email: 42 }, 'traits.Email', '"42"'],
    ['identify', 'traits', { id: 42 }, 'traits.id', '"42"'],
    ['identify', 'traits', { address: '1 Main Street' }, 'traits.address', null],
    ['identify', 'traits', { company: 'Acme' }, 'traits.company', null],
    ['identify', 'traits', { created_at: true }, 'traits.created_at', null],
    ['identify', 'traits', { createdAt: '2026-02-03', firstName: 'Jane', age: 42 }, null, null],
    ['identify', 'traits', { favourite: 5, phone: null }, null, null],
    ['group', 'traits', { name: 5 }, 'traits.name', '"5"'],
    ['group', 'traits', { id: 5 }, 'traits.id', '"5"'],
    ['group', 'traits', { employees: 5 }, null, null],
    ['group', 'traits', { employees: '5', plan: 'pro' }, null, null],
    ['page', 'properties', { url: 5 }, 'properties.url', '"5"'],
    ['page', 'properties', { keywords: 'a, b' }, 'properties.keywords', null],
    ['screen', 'properties', { name: 5 }, 'properties.name', '"5"'],
    ['screen', 'properties', { url: 5 }, null, null],
  ]
  it.each(rows)('%s: %s %j', (type, field, values, path, suggestion) => {
    const call = linted({ type, userId: 'abc123', groupId: 'g1', name: 'Home', [field]: values })
    const found = findingsIn(rule, call).map((finding) => [finding.path, finding.suggestion])
    expect(found).toEqual(path === null ? [] : [[path, suggestion]])
  })
})
