import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchChromium } from './chromium.ts'
import { electronRuntime } from './electron-runtime.ts'
import { run, runTool } from './run.ts'

interface Sum {
  passed: number
  failed: number
  skipped: number
}

interface Step {
  name: string
  run: (reportFile: string) => Promise<number>
  /** What the runner's report says; without one the step is one test, by its exit code. */
  sum?: (report: string) => Sum
  /** Needed by the others, but no test: it shows in the sum only where it fails. */
  isPreparation?: boolean
}

function sumVitest(report: string): Sum {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
    number
  >
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

function sumPlaywright(report: string): Sum {
  const { stats } = JSON.parse(report) as {
    stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

const vitest = (project: string): Step => ({
  name: `${project} tests`,
  run: (reportFile) =>
    runTool('vitest/vitest.mjs', [
      'run',
      `--project=${project}`,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ]),
  sum: sumVitest,
})

const playwright = (project: string, env: () => Promise<Record<string, string>>): Step => ({
  name: `${project} tests`,
  run: async (reportFile) =>
    runTool(
      '@playwright/test/cli.js',
      ['test', `--project=${project}`, '--pass-with-no-tests', '--reporter=list,json'],
      {
        env: { ...(await env()), PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
      },
    ),
  sum: sumPlaywright,
})

const steps: Step[] = [
  { name: 'query parser', run: () => run(process.execPath, ['scripts/generate.ts']), isPreparation: true },
  { name: 'types', run: () => runTool('vue-tsc/bin/vue-tsc.js', ['-p', '.']) },
  { name: 'lint', run: () => runTool('eslint/bin/eslint.js', ['.']) },
  vitest('unit'),
  { name: 'build', run: () => run(process.execPath, ['scripts/build.ts']), isPreparation: true },
  vitest('integration'),
  playwright('e2e', async () => {
    const executable = await fetchChromium()
    if (executable === null)
      console.error('There is no Chromium, and none could be fetched: set TRACKSIDE_CHROMIUM.')
    return executable === null ? {} : { TRACKSIDE_CHROMIUM: executable }
  }),
  playwright('desktop', () => {
    const runtime = electronRuntime()
    if ('missing' in runtime) console.log(`${runtime.missing}: the desktop tests are skipped.`)
    return Promise.resolve({})
  }),
]

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

async function sumOf(step: Step, reportFile: string): Promise<Sum> {
  const exitCode = await step.run(reportFile)
  const isGood = exitCode === 0
  if (step.sum === undefined) {
    return { passed: isGood && !step.isPreparation ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 }
  }
  const report = read(reportFile)
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const sum = step.sum(report)
  // A runner can fail without a failed test: a file that can't be loaded, an error after the last test.
  return { ...sum, failed: isGood ? sum.failed : Math.max(sum.failed, 1) }
}

const line = ({ passed, failed, skipped }: Sum): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

const wanted = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'trackside-test-'))
const sums: { name: string; sum: Sum; seconds: number }[] = []
try {
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.some((word) => step.name.includes(word))) continue
    console.log(`\n── ${step.name} ──`)
    const startedAt = performance.now()
    const sum = await sumOf(step, join(folder, `${sums.length}.json`))
    sums.push({ name: step.name, sum, seconds: Math.round((performance.now() - startedAt) / 1000) })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

console.log('\n── all ──')
for (const { name, sum, seconds } of sums) console.log(`${name.padEnd(18)} ${line(sum)} (${seconds} s)`)
const total = sums.reduce(
  (all, { sum }) => ({
    passed: all.passed + sum.passed,
    failed: all.failed + sum.failed,
    skipped: all.skipped + sum.skipped,
  }),
  { passed: 0, failed: 0, skipped: 0 },
)
console.log(line(total))
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
