import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchChromium } from './chromium.ts'
import { electronRuntime } from './electron-runtime.ts'
import { run, runTool } from './run.ts'
import { add, isGood, line, readPlaywright, readVitest, sumOfExitCode, sumOfReport } from './test-sum.ts'
import type { Sum } from './test-sum.ts'

interface Step {
  name: string
  run: (reportFile: string) => Promise<number>
  /** What the runner's report says; without one the step is one test, by its exit code. */
  read?: (report: string) => Sum
  /** Needed by the others, but no test: it shows in the sum only where it fails. */
  isPreparation?: boolean
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
  read: readVitest,
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
  read: readPlaywright,
})

const endToEnd = (): Step =>
  playwright('e2e', async () => {
    const executable = await fetchChromium()
    if (executable !== null) return { TRACKSIDE_CHROMIUM: executable }
    console.error('There is no Chromium, and none could be fetched: set TRACKSIDE_CHROMIUM.')
    return {}
  })

const desktop = (): Step =>
  playwright('desktop', () => {
    const runtime = electronRuntime()
    if ('missing' in runtime) console.log(`${runtime.missing}: the desktop tests are skipped.`)
    return Promise.resolve({})
  })

/** One stage after the other; what is in the same one runs side by side. */
const stages: Step[][] = [
  [{ name: 'generated', run: () => run(process.execPath, ['scripts/generate.ts']), isPreparation: true }],
  [
    { name: 'types', run: () => runTool('vue-tsc/bin/vue-tsc.js', ['-p', '.']) },
    { name: 'lint', run: () => runTool('eslint/bin/eslint.js', ['.']) },
    vitest('unit'),
  ],
  [{ name: 'build', run: () => run(process.execPath, ['scripts/build.ts']), isPreparation: true }],
  [vitest('integration')],
  [endToEnd()],
  [desktop()],
]

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

async function sumOf(step: Step, reportFile: string): Promise<Sum> {
  const exitCode = await step.run(reportFile).catch((error: unknown) => {
    console.error(error)
    return 1
  })
  if (step.read !== undefined) return sumOfReport(exitCode, read(reportFile), step.read)
  const sum = sumOfExitCode(exitCode)
  return step.isPreparation ? { ...sum, passed: 0 } : sum
}

interface Outcome {
  name: string
  sum: Sum
  seconds: number
}

async function outcomeOf(step: Step, reportFile: string): Promise<Outcome> {
  const startedAt = performance.now()
  const sum = await sumOf(step, reportFile)
  return { name: step.name, sum, seconds: Math.round((performance.now() - startedAt) / 1000) }
}

const wanted = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'trackside-test-'))
const outcomes: Outcome[] = []
try {
  for (const stage of stages) {
    const steps = stage.filter(
      ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
    )
    if (steps.length === 0) continue
    console.log(`\n── ${steps.map(({ name }) => name).join(', ')} ──`)
    outcomes.push(
      ...(await Promise.all(steps.map((step) => outcomeOf(step, join(folder, `${step.name}.json`))))),
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

console.log('\n── all ──')
for (const { name, sum, seconds } of outcomes) console.log(`${name.padEnd(18)} ${line(sum)} (${seconds} s)`)
const total = add(outcomes.map(({ sum }) => sum))
console.log(line(total))
process.exitCode = isGood(total) ? 0 : 1
