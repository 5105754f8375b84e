import type Database from 'better-sqlite3'

/** What the main thread can ask of the checkpointer. */
export interface CheckpointerMethods {
  /**
   * Moves what was committed from the write-ahead log into the database, where at least so many pages wait. Gives back
   * how many pages the write-ahead log has, moved ones and others.
   */
  checkpoint(input: { fromPages: number }): number
}

export function checkpointerMethods(database: Database.Database): CheckpointerMethods {
  const state = (mode: 'NOOP' | 'PASSIVE'): { log: number; checkpointed: number } => {
    const [row] = database.pragma(`wal_checkpoint(${mode})`) as { log: number; checkpointed: number }[]
    return row ?? { log: 0, checkpointed: 0 }
  }
  return {
    checkpoint({ fromPages }) {
      const { log, checkpointed } = state('NOOP')
      return log - checkpointed >= fromPages ? state('PASSIVE').log : log
    },
  }
}
