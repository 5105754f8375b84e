import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/too-long'

describe('a long name', () => {
  it.each([
    ['Invoice For The Monthly Subscription Of The Team Plan Sent', '10 words'],
    ['Antidisestablishmentarianism Questionnaire Internationalisation Completed', '73 characters'],
  ])('%s', (name, size) => {
    const [problem, ...more] = problemsOf(name)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ rule, severity: 'info', path: 'event', suggestion: null })
    expect(problem?.message).toContain(`has ${size}`)
  })

  it('keeps its main finding beside it', () => {
    const rules = problemsOf('Send the Invoice of the Monthly Subscription of the Team').map(
      (problem) => problem.rule,
    )
    expect(rules).toEqual(['naming/object-action', rule])
  })

  it('may have sixty characters or eight words', () => {
    expect(problemsOf(examplesOf(rule).good)).toEqual([])
    expect(problemsOf('Monthly Team Plan Invoice Reminder Email Link Clicked')).toEqual([])
  })
})
