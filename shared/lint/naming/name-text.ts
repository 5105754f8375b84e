/** A name is judged by its beginning: what follows could only cost time. Characters. */
export const judgedLength = 200

/** How much of a name a sentence shows. Characters. */
const quotedLength = 80

/**
 * Characters that nobody sees, or that move others about: controls, direction marks and overrides, zero-width and
 * filling letters, soft hyphens, tags. Joiners are part of emoji and of several scripts; between Latin letters they
 * have no business.
 */
const unseen = String.raw`\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}`
export const invisible = new RegExp(String.raw`[${unseen}]|(?<=[a-z])[\u200c\u200d]+(?=[a-z])`, 'giu')

/** What a sentence can't show as it is: the invisible, and halves of characters. */
const unshowable = new RegExp(String.raw`[${unseen}\u200c\u200d\p{Cs}]`, 'gu')

/** The name as a sentence shows it: shortened, and nothing in it hides or turns the sentence around. */
export function quoted(name: string): string {
  const begin = [...name.slice(0, quotedLength * 2 + 1)]
  const shown = begin
    .slice(0, quotedLength)
    .map((character, index) =>
      isJoiner(character) && joinsEmoji(begin, index) ? character : escaped(character),
    )
    .join('')
  return begin.length > quotedLength ? `“${shown}…”` : `“${shown}”`
}

function escaped(character: string): string {
  return character.replace(unshowable, (unshown) => {
    const code = unshown.codePointAt(0)?.toString(16) ?? ''
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
  })
}

function isJoiner(character: string): boolean {
  return character === '\u200c' || character === '\u200d'
}

/** 👩‍🔧 and the scripts that write with joiners: neither neighbour is Latin. */
function joinsEmoji(characters: readonly string[], index: number): boolean {
  return [characters[index - 1], characters[index + 1]].every(
    (neighbour) =>
      neighbour !== undefined &&
      /[\p{L}\p{M}\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}]/u.test(neighbour) &&
      !/\p{ASCII}/u.test(neighbour),
  )
}

/** The name without what nobody sees, with single spaces. */
export function trimmed(name: string): string {
  return name
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The word for a dictionary: small letters, no brackets, quotes or commas around it, no possessive. */
export function bare(word: string): string {
  return word
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/[’']s$/, '')
}
