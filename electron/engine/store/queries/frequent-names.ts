import type Database from 'better-sqlite3'
import type { Scope } from './events.ts'

/** The 50 names that arrive most often from one person or for one account. */
export function frequentNames(
  database: Database.Database,
  scope: NonNullable<Scope>,
): { name: string; events: number }[] {
  const [column, value] =
    scope.kind === 'person' ? ['person_id', scope.person] : ['account_id', scope.account]
  return database
    .prepare<[string | number], { name: string; events: number }>(
      `SELECT name, count(*) AS events FROM analysed_event
       WHERE ${column} = ? AND type = 'track' AND name IS NOT NULL
       GROUP BY name ORDER BY events DESC, name LIMIT 50`,
    )
    .all(value)
}
