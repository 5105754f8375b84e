import { chmodSync, closeSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'

export const databaseFile = (data: string): string => join(data, 'trackside.db')

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A database of the data directory. Raises DATABASE_UNREADABLE. */
export function openFile(file: string, options: Database.Options): Database.Database {
  let database: Database.Database | undefined
  try {
    if (options.readonly !== true) keepPrivate(file)
    database = new Database(file, options)
    // Reading a million events from mapped pages is no faster, and then shows as 250 MB in every process list.
    database.pragma('mmap_size = 0')
    database.pragma('cache_size = -16384')
    return database
  } catch (error) {
    database?.close()
    throw new TracksideError('DATABASE_UNREADABLE', { file, detail: describe(error) }, { cause: error })
  }
}

/** Only its owner may read it, whatever the directory lets through; SQLite gives its WAL the same mode. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  try {
    chmodSync(file, 0o600)
  } catch {
    // A file system that knows no owners (FAT, some mounts) is as open as it was mounted.
  }
}

/** The one connection that writes. It brings the schema up to date; raises DATABASE_* and MIGRATION_FAILED. */
export function openForWriting(data: string): Database.Database {
  const database = openFile(databaseFile(data), {})
  try {
    database.pragma('journal_mode = WAL')
    // A commit survives the death of the process; only a power cut can take the last moments with it.
    database.pragma('synchronous = NORMAL')
    // 600 MB. Checkpoints are others' work (`checkpoints.ts`); this is for where they can't keep up.
    database.pragma('wal_autocheckpoint = 150000')
    // Nobody else writes here; while some tool does, senders are to hear of it before they lose patience.
    database.pragma('busy_timeout = 2000')
    database.pragma('temp_store = MEMORY')
    // With twice or eight times as much, analysing a hundred thousand events is no faster: the system has the pages at hand.
    database.pragma('cache_size = -2048')
    database.pragma(`journal_size_limit = ${384 * 1024 * 1024}`)
  } catch (error) {
    database.close()
    throw new TracksideError(
      'DATABASE_UNREADABLE',
      { file: databaseFile(data), detail: describe(error) },
      { cause: error },
    )
  }
  try {
    migrate(database)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/** A connection that moves pages from the write-ahead log into the database and writes nothing of its own. */
export function openForCheckpoints(data: string): Database.Database {
  const database = openFile(databaseFile(data), { fileMustExist: true })
  database.pragma('synchronous = NORMAL')
  return database
}

export function openForReading(data: string): Database.Database {
  const database = openFile(databaseFile(data), { readonly: true, fileMustExist: true })
  database.pragma('busy_timeout = 5000')
  return database
}

/** An error of SQLite about the file or the disk in words that a person can act on; any other error as it is. */
export function asDataError(error: unknown, data: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const detail = describe(error)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new TracksideError('DATABASE_UNREADABLE', { file: databaseFile(data), detail }, { cause: error })
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new TracksideError('DATABASE_LOCKED', { file: databaseFile(data) }, { cause: error })
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM)/.test(code))
    return new TracksideError('DATA_UNWRITABLE', { data, detail }, { cause: error })
  return error
}

/** A full disk, a broken file or a lock is not the fault of what was to be written. */
export function isStorageError(error: unknown): boolean {
  // A call of the operating system that has failed: the file could not even be looked for.
  if (error instanceof Error && 'syscall' in error) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PERM|PROTOCOL)/.test(code)
}

/**
 * Tells whether the file of this connection is still where it was opened: SQLite goes on writing to one that was
 * deleted, and all of that is lost. A database in memory is always there.
 */
export function presenceOf(database: Database.Database): () => boolean {
  const inode = (): bigint | undefined =>
    statSync(database.name, { bigint: true, throwIfNoEntry: false })?.ino
  if (database.memory) return () => true
  const opened = inode()
  return () => inode() === opened
}

interface Migration {
  version: number
  sql: string
}

function readMigrations(): Migration[] {
  const folder = new URL('./migrations/', import.meta.url)
  return readdirSync(folder)
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
    .map((file) => ({ version: Number(file.slice(0, 4)), sql: readFileSync(new URL(file, folder), 'utf8') }))
}

/** Each step stands in a transaction of its own: it is there as a whole or not at all. */
export function migrate(database: Database.Database, migrations: Migration[] = readMigrations()): void {
  const known = migrations.at(-1)?.version ?? 0
  const found = Number(database.pragma('user_version', { simple: true }))
  if (found > known) throw new TracksideError('DATABASE_NEWER', { found, known })
  for (const { version, sql } of migrations.filter((migration) => migration.version > found)) {
    try {
      database.transaction(() => {
        database.exec(sql)
        database.pragma(`user_version = ${version}`)
      })()
    } catch (error) {
      throw new TracksideError('MIGRATION_FAILED', { version, detail: describe(error) }, { cause: error })
    }
  }
}
