import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inProject } from '../../scripts/project.ts'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'trackside-check-memory-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tellPeak = `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`

/** The most memory that `check` has held while it judged these calls, in KB. */
async function peakOf(calls: Iterable<object>): Promise<number> {
  const file = join(folder, 'calls.ndjson')
  await pipeline(Readable.from(lines(calls)), createWriteStream(file))
  const checking = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(tellPeak)}`,
      inProject('electron/cli/main.ts'),
      'check',
      file,
      '--format=json',
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const [report, told] = await Promise.all([text(checking.stdout), text(checking.stderr)])
  expect(JSON.parse(report)).toHaveProperty('events')
  return Math.max(...[...told.matchAll(/^peak (\d+)$/gm)].map(([, peak]) => Number(peak)))
}

function* lines(calls: Iterable<object>): Generator<string> {
  for (const call of calls) yield `${JSON.stringify(call)}\n`
}

function* callsOf(count: number, fields: (index: number) => object): Generator<object> {
  for (let index = 0; index < count; index += 1) {
    const timestamp = new Date(Date.UTC(2026, 1, 3) + index * 1_000).toISOString()
    yield { type: 'track', userId: `usr_${index % 500}`, messageId: `m${index}`, timestamp, ...fields(index) }
  }
}

it('a log that is four times as long needs no more memory', async () => {
  // 40 KB each, so that it shows when they are kept.
  const note = 'What somebody has written down. '.repeat(1_250)
  const calls = (count: number) =>
    callsOf(count, (index) => ({ event: 'Note Added', properties: { note: `${index} ${note}` } }))
  const few = await peakOf(calls(1_000))
  const many = await peakOf(calls(4_000))
  expect(many / few).toBeLessThan(1.3)
})

it('names that all differ are told without a heap of memory for each', async () => {
  const calls = (count: number) =>
    callsOf(count, (index) => ({ event: `Invoice ${index.toString(36)} Sent`, properties: { step: 1 } }))
  const few = await peakOf(calls(1_000))
  const many = await peakOf(calls(8_000))
  expect(many / few).toBeLessThan(1.6)
})
