import { parentPort, workerData } from 'node:worker_threads'
import { errorText } from '../output.ts'
import type { CheckOutcome, CheckTask } from './apart.ts'
import { check } from './ways.ts'

// The entry of the thread in which a check works.

const { source, flags, folder } = workerData as CheckTask
const tell = (outcome: CheckOutcome): void => parentPort?.postMessage(outcome)

try {
  tell({ kind: 'checked', checked: await check(source, flags, folder) })
} catch (error) {
  tell({ kind: 'failed', text: errorText(error) })
}
