import { describe, expect, it } from 'vitest'
import { lint } from '../../../../shared/lint/index.ts'
import { factsWith, linted, track } from '../call.ts'

const rule = 'naming/missing'

describe('a track call without a name', () => {
  it.each([
    [undefined, 'This track call has no event name'],
    [null, 'This track call has no event name'],
    ['', 'The event name is empty'],
    [' \t\u200b', 'The event name is blank'],
    [12, 'The event name is a number, not text'],
    [['Order Completed'], 'The event name is an array, not text'],
    [{ name: 'Order Completed' }, 'The event name is an object, not text'],
    [true, 'The event name is a boolean, not text'],
  ])('%j', (event, message) => {
    const problems = lint(track(event), factsWith()).problems.filter((problem) =>
      problem.rule.startsWith('naming/'),
    )
    expect(problems).toMatchObject([{ rule, severity: 'error', path: 'event', message, suggestion: null }])
  })
})

describe('other calls', () => {
  it.each(['page', 'screen', 'identify', 'group', 'alias'])('a %s call needs none', (type) => {
    const problems = lint(linted({ type, userId: 'abc123' }), factsWith()).problems
    expect(problems.filter((problem) => problem.rule.startsWith('naming/'))).toEqual([])
  })
})
