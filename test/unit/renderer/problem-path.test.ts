import { expect, it } from 'vitest'
import { valueAt } from '../../../renderer/lib/problem-path.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import { childPath } from '../../../shared/lint/metadata/value.ts'

const event = {
  event: 'Order Completed',
  userId: 'null',
  properties: { total: '1', 'total amount': { 'a"b]': [1, '2'] } },
  traits: null,
} as unknown as TracksideEvent

it('finds what a problem points to', () => {
  expect(valueAt(event, 'event')).toBe('Order Completed')
  expect(valueAt(event, 'userId')).toBe('null')
  expect(valueAt(event, 'properties.total')).toBe('1')
  const odd = childPath(childPath('properties', 'total amount'), 'a"b]')
  expect(valueAt(event, `${odd}[1]`)).toBe('2')
})

it('finds nothing where nothing is, whatever the path looks like', () => {
  for (const path of [
    'properties.no.where',
    'traits.plan',
    'properties.total.length',
    '?',
    'properties["',
    'context.x',
  ]) {
    expect(valueAt(event, path)).toBeUndefined()
  }
})
