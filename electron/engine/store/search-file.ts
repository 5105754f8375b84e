import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { openFile } from './database.ts'

// The index of words is a file beside the log, so that another thread than the writer can keep it. It is a shortcut and no
// more: what it does not have yet, and all of the log where it is an index of another, is looked at event by event.

/** Raised whenever the words of an event change, or how they are kept: the file is then made anew. */
const searchVersion = 1

/** Where the index of a log stands. */
export const searchFileOf = (log: Database.Database): string => join(dirname(log.name), 'search.db')

/** The tables in a schema of a connection. */
function createTables(database: Database.Database, schema: 'main' | 'temp'): void {
  database.exec(`
    -- Each word stands with its event's partition before it, so that no word's list of events grows with the log. The
    -- words come ready, in lower case and parted by spaces: another tokenizer would only see other words than the page
    -- does. FTS5 is told not to merge its segments by itself, which it would do in the middle of a commit.
    CREATE VIRTUAL TABLE ${schema}.search USING fts5(text, content = '', columnsize = 0, tokenize = 'ascii');
    INSERT INTO ${schema}.search (search, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);

    -- The partitions that have words.
    CREATE TABLE ${schema}.search_partition (
      number INTEGER PRIMARY KEY, -- event ids by 16,384
      prefix TEXT NOT NULL
    ) STRICT;

    -- One row: the log that this is an index of, and the event up to which it has all words.
    CREATE TABLE ${schema}.search_progress (
      log_id TEXT NOT NULL,
      up_to INTEGER NOT NULL
    ) STRICT;
    INSERT INTO ${schema}.search_progress (log_id, up_to) VALUES ('', 0);
  `)
}

function configure(database: Database.Database): void {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  // Only somebody else's tool can have it locked: queries are not to wait for that, and the index can.
  database.pragma('busy_timeout = 50')
  database.pragma('cache_size = -2048')
  database.pragma('wal_autocheckpoint = 4000')
  database.pragma(`journal_size_limit = ${16 * 1024 * 1024}`)
}

/** What is wrong with the file, not with the disk or whoever else has it open: it can be made anew. */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof TracksideError ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  // SQLITE_ERROR itself: a table is not there.
  return /^SQLITE_(CORRUPT|NOTADB|ERROR$)/.test(code)
}

/** The index as it is; null where there is none that this version knows and that can be read. */
function openKnown(file: string): Database.Database | null {
  if (!existsSync(file)) return null
  let database: Database.Database | undefined
  try {
    database = openFile(file, {})
    if (versionOf(database, 'main') === searchVersion) {
      configure(database)
      // Fails where one is not there. No row is read: an index without texts has none to go through.
      for (const table of ['search', 'search_partition', 'search_progress'])
        database.prepare(`SELECT rowid FROM ${table}`)
      return database
    }
  } catch (error) {
    if (!isDamage(error)) {
      database?.close()
      throw error
    }
  }
  database?.close()
  return null
}

function create(file: string, logId: string): Database.Database {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
  const database = openFile(file, {})
  try {
    configure(database)
    database
      .transaction(() => {
        createTables(database, 'main')
        database.prepare('UPDATE search_progress SET log_id = ?').run(logId)
        database.pragma(`user_version = ${searchVersion}`)
      })
      .immediate()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function versionOf(database: Database.Database, schema: string): unknown {
  return database.pragma(`${schema}.user_version`, { simple: true })
}

/**
 * The one connection that writes the index of a log; it has the log beside it, to be read. An index that can't be gone on
 * with is removed and made anew, and so is any where that is asked for. Raises DATABASE_UNREADABLE, and SQLite's errors of
 * a disk that takes nothing.
 */
export function openForIndexing(log: Database.Database, isAnew = false): Database.Database {
  const file = searchFileOf(log)
  const database = (isAnew ? null : openKnown(file)) ?? create(file, idOf(log))
  try {
    database.prepare('ATTACH ? AS log').run(log.name)
    database.pragma('log.cache_size = -512')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function idOf(log: Database.Database): string {
  return log.prepare<[], string>('SELECT id FROM indexed_log').pluck().get() ?? ''
}

/** Gives a connection to the log the index beside it, to look words up in. Raises SQLite's errors. */
export function attachSearch(log: Database.Database): void {
  log.prepare('ATTACH ? AS words').run(searchFileOf(log))
  log.pragma('words.mmap_size = 0')
  log.pragma('words.cache_size = -4096')
}

export function detachSearch(log: Database.Database): void {
  if (hasSearchFile(log)) log.exec('DETACH words')
}

/** Gives a connection that has no index an empty one: queries then look at each event. */
export function ensureSearch(log: Database.Database): void {
  const tables = log
    .prepare<[], number>("SELECT count(*) FROM temp.sqlite_schema WHERE name = 'search'")
    .pluck()
  if (!hasSearchFile(log) && tables.get() === 0) createTables(log, 'temp')
}

function hasSearchFile(log: Database.Database): boolean {
  const attached = log.pragma('database_list') as { name: string }[]
  return attached.some(({ name }) => name === 'words')
}

/** Has the index begin anew: what was deleted from the log is to be in it no longer. */
export function outdateSearch(log: Database.Database): void {
  log.exec('UPDATE indexed_log SET id = lower(hex(randomblob(16)))')
}
