import type Database from 'better-sqlite3'
import { wholeLog } from './queries/id-windows.ts'
import { isOfRequest } from './queries/request-rows.ts'
import { selectionOf } from './queries/where.ts'
import type { Selection } from './queries/where.ts'
import { attachSearch, outdateSearch } from './search-file.ts'

/**
 * Deletes the events that match from the log, all of them for an empty query, and the requests that have none left.
 * What is derived from them still stands: the caller has analysis begin anew. Raises QUERY_SYNTAX.
 */
export function deleteEvents(database: Database.Database, query: string, now: number): number {
  const selection = selectionOf(query, now)
  const detachSearch = attachSearch(database)
  try {
    return remove(database, selection)
  } finally {
    detachSearch()
  }
}

function remove(database: Database.Database, selection: Selection | null): number {
  return database
    .transaction(() => {
      const { changes } =
        selection === null
          ? database.prepare('DELETE FROM event').run()
          : database
              .prepare(
                `DELETE FROM event WHERE id IN (SELECT a.event_id FROM ${selection.from} WHERE ${selection.where})`,
              )
              .run(...selection.params, wholeLog)
      database.exec(`DELETE FROM request WHERE NOT EXISTS (SELECT 1 FROM event WHERE ${isOfRequest})`)
      if (changes > 0) outdateSearch(database)
      return changes
    })
    .immediate()
}
