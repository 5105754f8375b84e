import type Database from 'better-sqlite3'

/** Pages of 4 KB that have to wait until moving them is worth its two waits for the disk. */
const worthwhilePages = 1_000

/** What the main thread can ask of the checkpointer. */
export interface CheckpointerMethods {
  /** Moves what was committed from the write-ahead log into the database, where that is worth while. */
  checkpoint(input: null): null
}

export function checkpointerMethods(database: Database.Database): CheckpointerMethods {
  const state = (mode: 'NOOP' | 'PASSIVE'): { log: number; checkpointed: number } => {
    const [row] = database.pragma(`wal_checkpoint(${mode})`) as { log: number; checkpointed: number }[]
    return row ?? { log: 0, checkpointed: 0 }
  }
  return {
    checkpoint() {
      const { log, checkpointed } = state('NOOP')
      if (log - checkpointed >= worthwhilePages) state('PASSIVE')
      return null
    },
  }
}
