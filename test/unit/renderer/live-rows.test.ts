import { describe, expect, it } from 'vitest'
import type { TracksideEvent } from '../../../shared/event.ts'
import { judgedMeanwhile, prepend, replace } from '../../../renderer/views/live/live-rows.ts'
import { storyEvent } from './story-event.ts'

const rows = (...ids: number[]): TracksideEvent[] => ids.map((id) => storyEvent({ id }))
const unjudged = (...ids: number[]): TracksideEvent[] => ids.map((id) => storyEvent({ id, analysed: false }))
const idsOf = (events: readonly TracksideEvent[]): number[] => events.map(({ id }) => id)

describe('rows that follow the log', () => {
  it('have what has just arrived on top, the latest first', () => {
    const { events, cut } = prepend(rows(3, 2, 1), rows(4, 5))
    expect(idsOf(events)).toEqual([5, 4, 3, 2, 1])
    expect(cut).toBe(false)
  })

  it('lose their far end, and say so, when thousands pile up', () => {
    const many = rows(...Array.from({ length: 3_000 }, (_, index) => 3_000 - index))
    const { events, cut } = prepend(many, rows(3_001))
    expect(events).toHaveLength(2_000)
    expect(events[0]?.id).toBe(3_001)
    expect(cut).toBe(true)
  })

  it('are read anew once analysis has reached them, and not before', () => {
    const all = [...unjudged(9, 8, 7), ...rows(6, 5)]
    expect(judgedMeanwhile(all, 6)).toBeNull()
    expect(judgedMeanwhile(all, 8)).toEqual({ after: 6, upTo: 8 })
    expect(judgedMeanwhile(rows(6, 5), 6)).toBeNull()
  })

  it('take the place of what was there, and what is gone from the log goes', () => {
    const all = [...unjudged(9, 8, 7), ...rows(6)]
    const after = replace(all, { after: 6, upTo: 8 }, rows(7))
    expect(after.map(({ id, analysed }) => [id, analysed])).toEqual([
      [9, false],
      [7, true],
      [6, true],
    ])
  })
})
