import { markedTokens } from '../../../shared/query/tokens.ts'
import { rowValues } from './log-rows.ts'

// FTS5 merges its segments word by word and can't stop within one: a word that is in every event would hold up whoever
// waits for the writer for as long as there are events, 30 ms with 400,000. So the index sees each word with the events'
// partition before it: however long the log, a word has so many events at most, and a query looks up only the partitions
// that its window touches.

/** 16,384 events: merging a word that is in all of them takes about a millisecond. */
const partitionBits = 14
/** How a partition is written: with as many digits for each, so that no word reads as a part of it. */
const [radix, digits] = [36, 4]
/** Stands for the partition in a lookup; no word has it. */
const placeholder = '~'

export function partitionOf(eventId: number): number {
  return Math.floor(eventId / 2 ** partitionBits)
}

/** What stands before a partition's words. */
export function partitionPrefix(partition: number): string {
  return partition.toString(radix).padStart(digits, '0')
}

/** What `foundInSearch` looks up: the words of `text` one after the other; `isPrefix` where the last one may go on. */
export function searchTerm(text: string, isPrefix: boolean): string {
  return `"${markedTokens(text, placeholder)}"${isPrefix ? ' *' : ''}`
}

/** The same for events that are not in the index: what `isInWords` takes. */
export function soughtWords(text: string, isPrefix: boolean): string {
  return `${markedTokens(text, '')}${isPrefix ? '' : ' '}`
}

/** Whether `soughtWords` stand in a text. */
export function isInWords(sought: string, text: string): boolean {
  return `${markedTokens(text, '')} `.includes(sought)
}

/**
 * SQL for whether the index is one of this log. It may be one of another, or of a later state of this one: it stays where it
 * is when somebody puts a copy of the log in its place.
 */
export const isOfThisLog = `log_id = (SELECT id FROM indexed_log)
  AND up_to <= coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0)`

/** SQL for the event up to which the index can be trusted. */
const trustedUpTo = `coalesce((SELECT up_to FROM search_progress WHERE ${isOfThisLog}), 0)`

/**
 * SQL for the ids of the events that some words are found in, confined to the `IdWindow` that is bound. Of its two `?` the
 * first is a `searchTerm`, looked up in the index; the second `soughtWords`, for the events behind the end of it.
 */
export const foundInSearch = `
  SELECT search.rowid FROM search_partition AS p CROSS JOIN search
  WHERE p.number BETWEEN (@above + 1) >> ${partitionBits} AND @upTo >> ${partitionBits}
    AND search MATCH replace(?, '${placeholder}', p.prefix) AND search.rowid > @above AND search.rowid <= min(@upTo, ${trustedUpTo})
  UNION ALL
  SELECT event.id FROM event JOIN request ON request.id = event.request_id
  WHERE event.id > max(@above, ${trustedUpTo}) AND event.id <= @upTo
    AND trackside_has_words(?, ${rowValues})`
