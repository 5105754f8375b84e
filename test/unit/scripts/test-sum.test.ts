import { describe, expect, it } from 'vitest'
import { add, isGood, line, readPlaywright, readVitest, sumOfReport } from '../../../scripts/test-sum.ts'

const vitestReport = (passed: number, failed: number): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 2, numTodoTests: 1 })

describe('the sum of all tests', () => {
  it('is over all runners, in one plain line', () => {
    const unit = sumOfReport(1, vitestReport(10, 1), readVitest)
    const page = sumOfReport(
      0,
      JSON.stringify({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 3 } }),
      readPlaywright,
    )
    expect(line(add([unit, page]))).toBe('15 passed, 1 failed, 6 skipped')
  })

  it('counts a runner that fails without a failed test', () => {
    expect(sumOfReport(1, vitestReport(10, 0), readVitest).failed).toBe(1)
    expect(sumOfReport(1, null, readVitest).failed).toBe(1)
  })

  it('is no success where nothing ran', () => {
    expect(isGood({ passed: 0, failed: 0, skipped: 7 })).toBe(false)
    expect(isGood({ passed: 1, failed: 0, skipped: 7 })).toBe(true)
    expect(isGood({ passed: 1, failed: 1, skipped: 0 })).toBe(false)
  })
})
