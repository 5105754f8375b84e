import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/** On the scale of nice(1): a third of the time that others get on a processor that is wanted by both, about. */
const behind = 5

/**
 * Has this thread stand back behind the others of the machine. Linux alone keeps a priority for each thread, and takes a
 * thread's number where Node asks for a process; elsewhere nothing changes.
 */
export function standBack(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), behind)
  } catch {
    // No /proc, or a system that forbids it: queries are then as strong as capture.
  }
}

/** How long work goes on until it makes way, and for how long, in milliseconds. */
const workMs = 0.5
const restMs = 0.05
const nobody = new Int32Array(new SharedArrayBuffer(4))
let restedAt = 0

/**
 * To be called often in the middle of long work: now and then the thread sleeps for a moment. Linux lets a thread that never
 * does run on for 3 ms while others are ready, whatever its priority: an answer to a sender took three such waits.
 */
export function makeWay(): void {
  if (performance.now() < restedAt + workMs) return
  Atomics.wait(nobody, 0, 0, restMs)
  restedAt = performance.now()
}
