import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { openFile } from './database.ts'

// The index of words is a file beside the log, so that another thread than the writer can keep it. It is a shortcut and no
// more: what it does not have yet is looked at event by event, so that a query finds the same whatever state it is in.

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
  // While events are deleted the writer has both files: queries are not to wait for that, and the index can.
  database.pragma('busy_timeout = 50')
  database.pragma('cache_size = -2048')
  database.pragma('wal_autocheckpoint = 4000')
  database.pragma(`journal_size_limit = ${16 * 1024 * 1024}`)
}

/** The index where there is one that can be gone on with; null where there is none. */
function openKnown(file: string): Database.Database | null {
  if (!existsSync(file)) return null
  let database: Database.Database | undefined
  try {
    database = openFile(file, {})
    if (versionOf(database, 'main') === searchVersion) {
      configure(database)
      return database
    }
  } catch {
    // What is damaged is made anew: all of it can be had from the log.
  }
  database?.close()
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
  return null
}

function create(file: string): Database.Database {
  const database = openFile(file, {})
  try {
    configure(database)
    database
      .transaction(() => {
        createTables(database, 'main')
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
 * The one connection that writes the index, which it makes where there is none; it has the log beside it, to be read.
 * Raises DATABASE_UNREADABLE, and SQLite's errors of a disk that takes nothing.
 */
export function openForIndexing(log: Database.Database): Database.Database {
  const file = searchFileOf(log)
  const database = openKnown(file) ?? create(file)
  database.prepare('ATTACH ? AS log').run(log.name)
  database.pragma('log.cache_size = -512')
  return database
}

/**
 * Gives a connection to the log the index beside it, and an empty one where there is none. Gives back what takes it away
 * again: while it is there, a transaction that writes locks both.
 */
export function attachSearch(database: Database.Database): () => void {
  if (hasSearch(database)) return () => undefined
  const file = database.memory ? null : searchFileOf(database)
  if (file !== null && existsSync(file) && attach(database, file)) return () => database.exec('DETACH words')
  createTables(database, 'temp')
  return () => {
    for (const table of ['search', 'search_partition', 'search_progress'])
      database.exec(`DROP TABLE temp.${table}`)
  }
}

function attach(database: Database.Database, file: string): boolean {
  try {
    database.prepare('ATTACH ? AS words').run(file)
  } catch {
    return false
  }
  if (versionOf(database, 'words') === searchVersion) {
    database.pragma('words.mmap_size = 0')
    database.pragma('words.cache_size = -4096')
    return true
  }
  database.exec('DETACH words')
  return false
}

function hasSearch(database: Database.Database): boolean {
  const tables = database
    .prepare<[], number>("SELECT count(*) FROM temp.sqlite_schema WHERE name = 'search'")
    .pluck()
  const attached = database.pragma('database_list') as { name: string }[]
  return attached.some(({ name }) => name === 'words') || tables.get() === 1
}

/** Has the index begin anew: what was deleted from the log is to be in it no longer. */
export function outdateSearch(database: Database.Database): void {
  database.exec('UPDATE indexed_log SET id = lower(hex(randomblob(16)))')
}
