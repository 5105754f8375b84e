import type Database from 'better-sqlite3'
import { wholeLog } from './id-windows.ts'
import { inScope } from './where.ts'
import type { Scope } from './where.ts'

/** The 50 names that arrive most often from one person or for one account. */
export function frequentNames(
  database: Database.Database,
  scope: NonNullable<Scope>,
): { name: string; events: number }[] {
  const { where, params } = inScope(scope)
  return database
    .prepare<unknown[], { name: string; events: number }>(
      `SELECT name, count(*) AS events FROM analysed_event AS a
       WHERE ${where} AND type = 'track' AND name IS NOT NULL
       GROUP BY name ORDER BY events DESC, name LIMIT 50`,
    )
    .all(...params, wholeLog)
}
