import type Database from 'better-sqlite3'
import { rowOf } from '../store/log-rows.ts'
import { isInWords } from '../store/search-partitions.ts'
import { wordsOf } from './event-words.ts'

/**
 * Gives a connection the function that looks for words in an event which the index does not have yet; `before` is called
 * each time.
 */
export function registerWordMatching(database: Database.Database, before = (): void => {}): void {
  database.function(
    'trackside_has_words',
    { deterministic: true, varargs: true },
    (sought: string, ...values: unknown[]) => {
      before()
      return isInWords(sought, wordsOf(rowOf(values))) ? 1 : 0
    },
  )
}
