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
 * SQL for the ids of the events that a `searchTerm` is found in; behind the end of the index, `soughtWords`. These are its
 * two `?`. It is confined to the `IdWindow` that is bound.
 */
export const foundInSearch = `
  SELECT search.rowid FROM search_partition AS p CROSS JOIN search
  WHERE p.number BETWEEN (@above + 1) >> ${partitionBits} AND @upTo >> ${partitionBits}
    AND search MATCH replace(?, '${placeholder}', p.prefix) AND search.rowid > @above AND search.rowid <= @upTo
  UNION ALL
  SELECT event.id FROM event JOIN request ON request.id = event.request_id
  WHERE event.id > max(@above, (SELECT up_to FROM search_progress)) AND event.id <= @upTo
    AND trackside_has_words(?, ${rowValues})`
