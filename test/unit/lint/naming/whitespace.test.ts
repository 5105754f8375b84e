import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/whitespace'

describe('a name with spaces that nobody sees', () => {
  it.each([
    [' Order Completed', 'begins with a space'],
    ['Order Completed ', 'ends with a space'],
    ['Order  Completed', 'has two spaces in a row'],
    ['Order\tCompleted', 'has a tab or a line break in it'],
    ['Order\u00a0Completed', 'has a space in it that is not the ordinary one'],
    ['Order\u200b Completed', 'has an invisible character in it'],
    ['Or\u200dder Completed', 'has an invisible character in it'],
    ['\u202eOrder Completed', 'has an invisible character in it'],
    ['Order Completed\u{e0041}', 'has an invisible character in it'],
    ['Order\u3164 Completed', 'has an invisible character in it'],
  ])('%j %s', (name, what) => {
    const [problem, ...more] = problemsOf(name)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ rule, severity: 'warning', path: 'event', suggestion: 'Order Completed' })
    expect(problem?.message).toContain(what)
  })

  it('is led to a name that is right in all other ways, too', () => {
    expect(problemsOf('send  invoice ')).toMatchObject([{ rule, suggestion: 'Invoice Sent' }])
  })
})

describe('a name without', () => {
  it.each([examplesOf(rule).good, 'کاربر ثبت‌نام کرد', '👩‍🔧 Booked'])('%s is left alone', (name) => {
    expect(problemsOf(name).filter((problem) => problem.rule === rule)).toEqual([])
  })
})
