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
