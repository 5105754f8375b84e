import { expect, it } from 'vitest'
import { conflict } from '../../../../shared/lint/identity/conflict.ts'
import { findings, placesOf } from '../call.ts'

const call = { type: 'identify', userId: 'def456', anonymousId: 'browser' }

it('names the user whose device it was', () => {
  const [found] = findings(conflict, call, { formerUser: 'abc123' })
  expect(found).toMatchObject({ path: 'anonymousId', suggestion: null })
  expect(found?.message).toContain('"browser"')
  expect(found?.message).toContain('"abc123"')
})

it('finds nothing where the device is still the same user’s', () => {
  expect(placesOf(conflict, call, { formerUser: null })).toEqual([])
})

it('shows the beginning of ids that are long', () => {
  const long = 'x'.repeat(1_000)
  const [found] = findings(conflict, { ...call, anonymousId: long }, { formerUser: long })
  expect(found?.message.length).toBeLessThan(200)
})
