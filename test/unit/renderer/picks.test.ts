import { describe, expect, it } from 'vitest'
import { idQuery } from '../../../renderer/lib/id-query.ts'
import { matches, parseQuery } from '../../../shared/query/index.ts'
import { storyEvent } from './story-event.ts'

describe('the query of events that were picked by hand', () => {
  it('names neighbours in one', () => {
    expect(idQuery([9, 1, 2, 3, 5, 6])).toBe('id:1..3,5,6,9')
    expect(idQuery([])).toBe('')
  })

  it('finds just these', () => {
    const picked = [2, 3, 4, 8, 10, 11]
    const parsed = parseQuery(idQuery(picked))
    if (!parsed.ok) throw new Error(parsed.error.message)
    const ids = Array.from({ length: 14 }, (_, index) => index)
    expect(ids.filter((id) => matches(parsed.query, storyEvent({ id }), 0))).toEqual(picked)
  })
})
