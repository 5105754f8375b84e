import type Database from 'better-sqlite3'
import { likeContains } from './searched-words.ts'

export interface Completion {
  value: string
  detail: string | null
}

const countOf = (column: string) => `printf('%,d', ${column}) AS detail`

/** Where the values of a key of the query language can be found, the likeliest first. */
const statements: Record<string, string> = {
  event: `SELECT name AS value, ${countOf('events')} FROM catalog_name WHERE name LIKE :like ESCAPE '\\' ORDER BY events DESC LIMIT 20`,
  source: `SELECT source AS value, ${countOf('events')} FROM source WHERE source LIKE :like ESCAPE '\\' ORDER BY events DESC LIMIT 20`,
  user: `SELECT coalesce(user_id, anonymous_id) AS value, coalesce(name, email) AS detail FROM person
         WHERE user_id LIKE :like ESCAPE '\\' OR name LIKE :like ESCAPE '\\' OR email LIKE :like ESCAPE '\\'
         ORDER BY last_seen_at DESC LIMIT 20`,
  anonymous: `SELECT value, NULL AS detail FROM identity WHERE kind = 'anonymous' AND value LIKE :like ESCAPE '\\' LIMIT 20`,
  account: `SELECT id AS value, name AS detail FROM account WHERE id LIKE :like ESCAPE '\\' OR name LIKE :like ESCAPE '\\'
            ORDER BY last_seen_at DESC LIMIT 20`,
  library: `SELECT DISTINCT library AS value, NULL AS detail FROM source WHERE library LIKE :like ESCAPE '\\' LIMIT 20`,
  problem: `SELECT rule AS value, ${countOf('sum(events)')} FROM problem_group WHERE rule LIKE :like ESCAPE '\\'
            GROUP BY rule ORDER BY sum(events) DESC LIMIT 20`,
  properties: `SELECT path AS value, group_concat(DISTINCT type) AS detail FROM catalog_property
               WHERE path LIKE :like ESCAPE '\\' GROUP BY path ORDER BY sum(events) DESC LIMIT 20`,
}

/** Values that `key` has had, for completion; empty for a key whose values nobody keeps. */
export function completionsOf(database: Database.Database, key: string, prefix: string): Completion[] {
  const sql = statements[key]
  if (sql === undefined) return []
  return database.prepare<unknown[], Completion>(sql).all({ like: likeContains(prefix) })
}
