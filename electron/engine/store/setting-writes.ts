import type Database from 'better-sqlite3'
import type { StoredSettings } from './queries/settings.ts'

/** Writes all of them, or none. */
export function writeSettings(database: Database.Database, settings: StoredSettings): void {
  const write = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  database
    .transaction(() => {
      for (const [key, value] of Object.entries(settings)) write.run(key, value)
    })
    .immediate()
}
