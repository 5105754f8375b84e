import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { boundGarbage, threadLimits } from '../../engine/memory.ts'
import { siblingModule } from '../../engine/store/sibling.ts'
import { fail } from '../output.ts'
import type { CheckFlags, Checked, Source } from './ways.ts'

export interface CheckTask {
  source: Source
  flags: CheckFlags
  folder: string
}

export type CheckOutcome =
  | { kind: 'checked'; checked: Checked }
  /** With the words for whoever has asked. */
  | { kind: 'failed'; text: string }

/** What a shell sees of a command that was ended by these. */
const interruptions = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const

/**
 * Checks in a thread of its own, whose young objects are bounded as the engine's are: V8 lets those of the main thread
 * grow to 128 MB. And whoever interrupts a long check is heard, so that its folder goes with it. Where the check fails,
 * the process ends.
 */
export async function checkApart(source: Source, flags: CheckFlags): Promise<Checked> {
  boundGarbage()
  const folder = mkdtempSync(join(tmpdir(), 'trackside-check-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const isPipedIn = source.kind === 'files' && source.files.includes('-')
  const worker = new Worker(siblingModule(import.meta.url, 'check-thread'), {
    workerData: { source, flags, folder } satisfies CheckTask,
    resourceLimits: threadLimits,
    stdin: isPipedIn,
  })
  if (isPipedIn && worker.stdin !== null) process.stdin.pipe(worker.stdin)
  for (const [signal, status] of interruptions)
    process.once(signal, () => void worker.terminate().then(() => process.exit(status)))
  const outcome = await new Promise<CheckOutcome>((resolve, reject) => {
    let told: CheckOutcome | null = null
    worker.once('message', (outcome: CheckOutcome) => (told = outcome))
    worker.once('error', reject)
    // Not before: until then it has its folder open.
    worker.once('exit', (code) => {
      if (told === null) reject(new Error(`The check ended with exit code ${code} before it was done`))
      else resolve(told)
    })
  })
  return outcome.kind === 'checked' ? outcome.checked : fail(outcome.text)
}
