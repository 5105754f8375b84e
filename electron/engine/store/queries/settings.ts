import type Database from 'better-sqlite3'

/** Each setting that was ever changed: its key and its value as JSON. */
export type StoredSettings = Record<string, string>

export function readSettings(database: Database.Database): StoredSettings {
  const rows = database.prepare<[], { key: string; value: string }>('SELECT key, value FROM setting').all()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}
