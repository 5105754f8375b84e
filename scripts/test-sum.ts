/** How many tests, over one runner or all of them. */
export interface Sum {
  passed: number
  failed: number
  skipped: number
}

/** Vitest's `json` reporter. */
export function readVitest(report: string): Sum {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
    number
  >
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** Playwright's `json` reporter. A flaky test passed in the end; it is in the runner's own output. */
export function readPlaywright(report: string): Sum {
  const { stats } = JSON.parse(report) as {
    stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

/** A runner without a report is one test. */
export const sumOfExitCode = (exitCode: number): Sum =>
  exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

/**
 * A runner can fail without a failed test: a file that can't be loaded, an error after the last test, no report at
 * all. That counts as one failed, so that it can't hide behind those that passed.
 */
export function sumOfReport(exitCode: number, report: string | null, read: (report: string) => Sum): Sum {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const sum = read(report)
  return exitCode === 0 ? sum : { ...sum, failed: Math.max(sum.failed, 1) }
}

export const add = (sums: readonly Sum[]): Sum =>
  sums.reduce(
    (all, sum) => ({
      passed: all.passed + sum.passed,
      failed: all.failed + sum.failed,
      skipped: all.skipped + sum.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/** Nothing failed, and something ran: an empty run proves nothing. */
export const isGood = ({ passed, failed }: Sum): boolean => failed === 0 && passed > 0

export const line = ({ passed, failed, skipped }: Sum): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
