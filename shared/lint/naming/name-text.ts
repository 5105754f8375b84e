import { ownSpelling } from '../words/spelling.ts'

/** A name is judged by its beginning: what follows could only cost time. Characters. */
export const judgedLength = 200

/** How much of a name a sentence shows. Characters. */
const quotedLength = 80

/** Characters that nobody sees: controls, zero-width, directional marks, soft hyphens, byte order marks. */
export const invisible =
  /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu

/** The name as a sentence shows it. */
export function quoted(name: string): string {
  const plain = name.slice(0, quotedLength + 1).replace(invisible, '�')
  return plain.length > quotedLength ? `“${plain.slice(0, quotedLength)}…”` : `“${plain}”`
}

/** The name without what nobody sees, with single spaces. */
export function trimmed(name: string): string {
  return name
    .replace(/[\t\n\v\f\r\u0085]/g, ' ')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The words of a name in any style: spaces, snake_case, kebab-case, dots, camelCase. */
export function wordsOf(name: string): string[] {
  if (/\s/.test(name)) {
    return name
      .split(/[\s_]+/)
      .flatMap((word) => (/^\p{Ll}{3,}\p{Lu}/u.test(word) ? camelWords(word) : [word]))
      .filter((word) => word !== '')
  }
  return name
    .split(/[_\-./:|>~+\\]+/)
    .flatMap(camelWords)
    .filter((word) => word !== '')
}

/** `APIKeyRotated` → API, Key, Rotated; a brand such as `GitHub` or `iOS` stays whole. */
function camelWords(word: string): string[] {
  if (hasOwnSpelling(word)) return [word]
  const brand =
    /^(?:iOS|iPhone|iPad|macOS|tvOS|OAuth|GitHub|GitLab|YouTube|LinkedIn|PayPal|WhatsApp|HubSpot|IDs|URLs|PDFs|APIs)/.exec(
      word,
    )?.[0]
  if (brand !== undefined) return [brand, ...camelWords(word.slice(brand.length))]
  return word
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(' ')
    .filter((part) => part !== '')
}

/** `GitHub`, `iOS`, `API`: spelt as its owner spells it. */
export function hasOwnSpelling(word: string): boolean {
  return ownSpelling.get(word.toLowerCase()) === word
}

/** The word for a dictionary: small letters, no brackets, quotes or commas around it, no possessive. */
export function bare(word: string): string {
  return word
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/[’']s$/, '')
}
