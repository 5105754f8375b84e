/** More words than this have no neighbours: names with ids in them would fill the memory. */
const wordLimit = 20_000
const longestWord = 30
const shortestWord = 5
const neighbourLimit = 8

interface Entry {
  neighbours: string[]
}

/**
 * Words of event names, and which of them are one letter apart: changed, left out, added, or two swapped
 * (Damerau-Levenshtein 1). Each word is filed under itself with one letter left out, so that a look-up costs as many
 * steps as the word has letters. Words of fewer than five letters, and those with digits, have no neighbours.
 */
export class Vocabulary {
  readonly #words = new Map<string, Entry>()
  readonly #byDeletion = new Map<string, string | string[]>()

  add(word: string): void {
    if (this.#words.has(word) || this.#words.size >= wordLimit) return
    const entry: Entry = { neighbours: [] }
    if (canSlip(word)) {
      for (const other of this.#find(word)) {
        push(entry.neighbours, other)
        push(this.#words.get(other)?.neighbours ?? [], word)
      }
      for (const key of deletions(word)) this.#file(key, word)
    }
    this.#words.set(word, entry)
  }

  /** Known words that are one letter apart from this one, which need not be known itself. */
  neighboursOf(word: string): readonly string[] {
    return this.#words.get(word)?.neighbours ?? (canSlip(word) ? this.#find(word) : [])
  }

  #file(key: string, word: string): void {
    const filed = this.#byDeletion.get(key)
    if (filed === undefined) this.#byDeletion.set(key, word)
    else if (typeof filed === 'string') this.#byDeletion.set(key, [filed, word])
    else push(filed, word)
  }

  #find(word: string): string[] {
    const found: string[] = []
    for (const key of deletions(word)) {
      const filed = this.#byDeletion.get(key) ?? []
      for (const other of typeof filed === 'string' ? [filed] : filed) {
        if (other !== word && !found.includes(other) && isOneLetterApart(word, other)) push(found, other)
      }
    }
    return found
  }
}

function canSlip(word: string): boolean {
  return word.length >= shortestWord && word.length <= longestWord && !/\p{N}/u.test(word)
}

function push(words: string[], word: string): void {
  if (words.length < neighbourLimit) words.push(word)
}

function deletions(word: string): Set<string> {
  const keys = new Set([word])
  for (let index = 0; index < word.length; index += 1) keys.add(word.slice(0, index) + word.slice(index + 1))
  return keys
}

/** One letter changed, left out or added, or two next to each other swapped: Damerau-Levenshtein 1. */
export function isOneLetterApart(one: string, other: string): boolean {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one]
  let start = 0
  while (start < short.length && long[start] === short[start]) start += 1
  const rest = (word: string, skipped: number): string => word.slice(start + skipped)
  if (long.length > short.length) return rest(long, 1) === rest(short, 0)
  if (rest(long, 1) === rest(short, 1)) return true
  return (
    long[start] === short[start + 1] && long[start + 1] === short[start] && rest(long, 2) === rest(short, 2)
  )
}
