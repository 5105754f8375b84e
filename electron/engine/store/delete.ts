import type Database from 'better-sqlite3'
import { isOfRequest } from './queries/request-rows.ts'
import { outdateSearch } from './search-file.ts'

/**
 * Deletes these events from the log, all of them for null, and the requests that have none left. What is derived from them
 * still stands: the caller has analysis begin anew. Gives back how many there were.
 */
export function deleteEvents(database: Database.Database, ids: readonly number[] | null): number {
  return database
    .transaction(() => {
      const { changes } =
        ids === null
          ? database.prepare('DELETE FROM event').run()
          : database
              .prepare('DELETE FROM event WHERE id IN (SELECT value FROM json_each(?))')
              .run(JSON.stringify(ids))
      database.exec(`DELETE FROM request WHERE NOT EXISTS (SELECT 1 FROM event WHERE ${isOfRequest})`)
      if (changes > 0) outdateSearch(database)
      return changes
    })
    .immediate()
}
