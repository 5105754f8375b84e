import { openForReading } from '../../../electron/engine/store/database.ts'
import type { InPortions } from '../../../electron/engine/store/queries/id-windows.ts'
import { serveDatabase } from '../../../electron/engine/threads/serve.ts'

/** A thread whose work has no end. */
export interface CountingMethods {
  count(input: null): InPortions<number>
  /** How many portions it has done. */
  portions(input: null): number
}

let portions = 0

/** Longer than one turn of a thread. */
function work(): void {
  for (const end = performance.now() + 12; performance.now() < end;);
  portions += 1
}

serveDatabase(openForReading, (): CountingMethods => ({
  *count() {
    for (;;) {
      work()
      yield
    }
  },
  portions: () => portions,
}))
