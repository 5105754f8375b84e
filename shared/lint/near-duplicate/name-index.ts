import { Vocabulary } from './vocabulary.ts'

/** Names beyond these are neither kept nor compared. */
const nameLimit = 100_000
/** Of all names together: long ones fill the memory sooner. */
const characterLimit = 5_000_000
const longestName = 200
/** Fewer letters than this and one letter makes another name. */
const shortestName = 6
const wordLimit = 16

interface Entry {
  name: string
  count: number
  /** In which order names were first seen. */
  order: number
  family: Family
  /** Those in use that are one letter apart, when so many names were known. */
  near: { names: number; families: readonly Family[] }
  /** Whether there is nothing wrong with the name itself; null until somebody asks. */
  isGood: boolean | null
}

/** Names that differ only by case, spacing, tense or plural; of very many, those seen first. */
type Family = Entry[]
const familyLimit = 16

const nobodyYet: Entry['near'] = { names: 0, families: [] }

/** What a name may be mistaken for, as keys of families: names that differ only by case, spacing, tense or plural. */
export interface Kin {
  family: string
  /** Those that differ by one letter more. */
  near: readonly string[]
}

/**
 * The names in use, and which of them look alike. Memory is bounded; adding and looking up take time in proportion
 * to the length of the name, however many names there are.
 */
export class NameIndex {
  readonly #entries = new Map<string, Entry>()
  readonly #families = new Map<string, Family>()
  readonly #vocabulary = new Vocabulary()
  #characters = 0
  readonly #isGood: (name: string) => boolean

  /** `isGood` tells whether a name may be led to: one that is itself wrong, however much it is used, may not. */
  constructor(isGood: (name: string) => boolean = () => true) {
    this.#isGood = isGood
  }

  /** Counts `count` further uses of the name. */
  add(name: string, count = 1): void {
    let entry = this.#entries.get(name)
    if (entry === undefined) {
      if (name.length > longestName || this.#isFull) return
      const words = comparedWords(name)
      if (words.length === 0) return
      for (const word of words) this.#vocabulary.add(word)
      const key = familyKey(words)
      let family = this.#families.get(key)
      if (family === undefined) {
        family = []
        this.#families.set(key, family)
      }
      entry = { name, count: 0, order: this.#entries.size, family, near: nobodyYet, isGood: null }
      if (family.length < familyLimit) family.push(entry)
      this.#entries.set(name, entry)
      this.#characters += name.length
    }
    entry.count += count
  }

  /**
   * The one name that should survive of those that look like this: the most used good one that differs by case,
   * spacing, tense, plural or one letter, and is used at least as much as this one; of two used equally, the one seen
   * first. Null when there is none, or when this name is that one.
   */
  lookAlike(name: string): { name: string; count: number } | null {
    const own = this.#entries.get(name)
    const families = own === undefined ? this.#familiesLike(name) : [own.family, ...this.#near(own)]
    let best: Entry | null = null
    for (const family of families) {
      for (const candidate of family) {
        if (candidate === own || (own !== undefined && isUsedMore(own, candidate))) continue
        if ((best === null || isUsedMore(candidate, best)) && this.#mayBeLedTo(candidate)) best = candidate
      }
    }
    return asAnswer(best)
  }

  /** The family of a name, in use or not, and those in use that are one letter apart; null for what is not compared. */
  kinOf(name: string): Kin | null {
    if (name.length > longestName) return null
    const words = comparedWords(name)
    if (words.length === 0) return null
    const family = familyKey(words)
    const near: string[] = []
    if (name.length >= shortestName) {
      words.forEach((word, index) => {
        for (const neighbour of this.#vocabulary.neighboursOf(word)) {
          const key = familyKey(words.with(index, neighbour))
          if (key !== family && this.#families.has(key) && !near.includes(key)) near.push(key)
        }
      })
    }
    return { family, near }
  }

  /** Found anew once further names are known: that is rare, and names come again with each event. */
  #near(entry: Entry): readonly Family[] {
    const names = this.#entries.size
    if (entry.near.names !== names)
      entry.near = { names, families: this.#inUse(this.kinOf(entry.name)?.near ?? []) }
    return entry.near.families
  }

  #familiesLike(name: string): Family[] {
    const kin = this.kinOf(name)
    return kin === null ? [] : this.#inUse([kin.family, ...kin.near])
  }

  #inUse(families: readonly string[]): Family[] {
    return families.flatMap((key) => {
      const family = this.#families.get(key)
      return family === undefined ? [] : [family]
    })
  }

  get #isFull(): boolean {
    return this.#entries.size >= nameLimit || this.#characters >= characterLimit
  }

  #mayBeLedTo(entry: Entry): boolean {
    entry.isGood ??= this.#isGood(entry.name)
    return entry.isGood
  }
}

function asAnswer(entry: Entry | null): { name: string; count: number } | null {
  return entry === null ? null : { name: entry.name, count: entry.count }
}

function isUsedMore(one: Entry, other: Entry): boolean {
  return one.count > other.count || (one.count === other.count && one.order < other.order)
}

function comparedWords(name: string): string[] {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return words?.slice(0, wordLimit) ?? []
}

/** Joined without spaces, so that Sign Up and Signup are one. */
function familyKey(words: readonly string[]): string {
  return words.map(stem).join('')
}

/** The word without the endings of plural and tense; a key to compare by, not a word to show. */
function stem(word: string): string {
  if (word.length < 4) return word
  const whole = irregularStems.get(word)
  if (whole !== undefined) return whole
  const bare = word
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?<=(?:ss|x|z|ch|sh))es$/, '')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=[a-z]{3})(?:ed|ing)$/, '')
    .replace(/(?<=[a-z]{2})e$/, '')
  return bare.replace(/([bdgklmnprtz])\1$/, '$1')
}

const irregularStems: ReadonlyMap<string, string> = new Map([
  ['sent', 'send'],
  ['bought', 'buy'],
  ['paid', 'pay'],
  ['sold', 'sell'],
  ['began', 'begin'],
  ['begun', 'begin'],
  ['built', 'build'],
  ['chosen', 'choos'],
  ['chose', 'choos'],
  ['shown', 'show'],
  ['seen', 'see'],
  ['made', 'mak'],
  ['found', 'find'],
  ['left', 'leav'],
  ['written', 'writ'],
  ['wrote', 'writ'],
  ['taken', 'tak'],
  ['took', 'tak'],
  ['given', 'giv'],
  ['gave', 'giv'],
  ['lost', 'los'],
])
