import type { KeyStyle } from '../rule.ts'
import { wordsOfKey } from './key-words.ts'

const longestKey = 60
/** Keys whose styles are remembered: the same few come with every event. */
const keyLimit = 5_000
const remembered = new Map<string, readonly KeyStyle[] | null>()

/**
 * The styles that a key is written in: `total` is right in four of them, `total_amount` in one. Null for a key that
 * says nothing about style: with other characters, with many digits, or an abbreviation in capitals.
 */
export function stylesOf(key: string): readonly KeyStyle[] | null {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const styles = judged(key)
  if (key.length > longestKey) return styles
  // Keys made of ids never end; the few that matter are soon known again.
  if (remembered.size >= keyLimit) remembered.clear()
  remembered.set(key, styles)
  return styles
}

function judged(key: string): readonly KeyStyle[] | null {
  if (key.length > longestKey || !/^[a-z][a-z0-9]*(?:[ _-][a-z0-9]+)*$/i.test(key) || /\d{4}/.test(key))
    return null
  // Whoever sends campaigns sends them so, whatever the rest is written in.
  if (key.startsWith('utm_')) return null
  if (/^[A-Z0-9]+$/.test(key)) return null
  if (/^[a-z0-9]+$/.test(key)) return inOneSmallWord
  if (/^[A-Z][a-z0-9]*$/.test(key)) return inOneCapitalisedWord
  const separators = new Set(key.match(/[ _-]/g))
  if (separators.size > 1) return inNone
  if (separators.has(' ')) return spaced
  if (separators.has('_')) return /[A-Z]/.test(key) ? (/[a-z]/.test(key) ? inNone : upper) : snake
  if (separators.has('-')) return /[A-Z]/.test(key) ? inNone : kebab
  return /^[a-z]/.test(key) ? camel : pascal
}

const inOneSmallWord: readonly KeyStyle[] = ['snake_case', 'camelCase', 'kebab-case', 'Title Case']
const inOneCapitalisedWord: readonly KeyStyle[] = ['PascalCase', 'Title Case']
const inNone: readonly KeyStyle[] = []
const spaced: readonly KeyStyle[] = ['Title Case']
const snake: readonly KeyStyle[] = ['snake_case']
const kebab: readonly KeyStyle[] = ['kebab-case']
const camel: readonly KeyStyle[] = ['camelCase']
const pascal: readonly KeyStyle[] = ['PascalCase']
const upper: readonly KeyStyle[] = ['UPPER_CASE']

/** The same words in another style: `totalAmount` → `total_amount`. */
export function keyInStyle(key: string, style: KeyStyle): string {
  const words = wordsOfKey(key)
  switch (style) {
    case 'snake_case':
      return words.join('_')
    case 'kebab-case':
      return words.join('-')
    case 'UPPER_CASE':
      return words.join('_').toUpperCase()
    case 'Title Case':
      return words.map(capitalised).join(' ')
    case 'PascalCase':
      return words.map(capitalised).join('')
    case 'camelCase':
      return words.map((word, index) => (index === 0 ? word : capitalised(word))).join('')
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
