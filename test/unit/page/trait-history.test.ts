import { describe, expect, it } from 'vitest'
import { traitHistory } from '../../../renderer/components/profile/trait-history.ts'
import { timelineEvent } from '../timeline/timeline-event.ts'

const identify = (id: number, traits: Record<string, unknown> | null) =>
  timelineEvent(id, `2026-11-24T14:0${id}:00Z`, { type: 'identify', event: null, traits })

const told = (...calls: (Record<string, unknown> | null)[]) =>
  Object.fromEntries(
    [...traitHistory(calls.map((traits, index) => identify(index + 1, traits)))].map(([key, changes]) => [
      key,
      changes.map(({ eventId, from, to, isFirst }) => [eventId, isFirst ? 'first' : from, to]),
    ]),
  )

describe('the history of traits', () => {
  it('says from what to what a trait changed, the latest change first', () => {
    expect(told({ plan: 'free' }, { plan: 'team', seats: 3 }, { plan: 'pro' })).toEqual({
      plan: [
        [3, 'team', 'pro'],
        [2, 'free', 'team'],
        [1, 'first', 'free'],
      ],
      seats: [[2, 'first', 3]],
    })
  })

  it('takes neither a repeated value nor a trait that was left out for a change', () => {
    expect(told({ plan: 'pro' }, { name: 'Jane' }, { plan: 'pro' }, null, {})).toEqual({
      plan: [[1, 'first', 'pro']],
      name: [[2, 'first', 'Jane']],
    })
  })

  it('looks inside objects and lists, whatever the order of keys', () => {
    expect(
      told(
        { address: { city: 'Bonn', zip: '53111' }, tags: ['a', 'b'] },
        { address: { zip: '53111', city: 'Bonn' }, tags: ['b', 'a'] },
      ),
    ).toEqual({
      address: [[1, 'first', { city: 'Bonn', zip: '53111' }]],
      tags: [
        [2, ['a', 'b'], ['b', 'a']],
        [1, 'first', ['a', 'b']],
      ],
    })
  })

  it('tells null, false, 0 and nothing apart', () => {
    expect(told({ seats: null }, { seats: 0 }, { seats: false }).seats).toEqual([
      [3, 0, false],
      [2, null, 0],
      [1, 'first', null],
    ])
  })

  it('does not depend on the order in which the calls were read', () => {
    const calls = [identify(2, { plan: 'pro' }), identify(1, { plan: 'free' })]
    expect(traitHistory(calls)).toEqual(traitHistory(calls.toReversed()))
  })

  it('holds traits with the names of what every object has', () => {
    const traits: unknown = JSON.parse('{"__proto__": "x", "constructor": "y"}')
    expect([...traitHistory([identify(1, traits as Record<string, unknown>)]).keys()].sort()).toEqual([
      '__proto__',
      'constructor',
    ])
  })
})
