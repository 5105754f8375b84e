/** How a language writes a character that must not stand in its string as it is. */
export interface TextEscapes {
  quote: string
  /** By the character itself, the quote and the backslash among them. */
  special: Readonly<Record<string, string>>
  /** A character that can't be seen, or that turns the direction of reading around. */
  unseen: (codePoint: number) => string
}

/** Controls, marks of direction, halves of pairs, ends of lines: code with them in it does not say what it shows. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/u
const every = new RegExp(`${unseen.source}|["'\\\\$#]`, 'gu')

export const hasUnseen = (text: string): boolean => unseen.test(text)

/** The text as a string of the language, in its quotes. */
export function quoted(text: string, { quote, special, unseen: escape }: TextEscapes): string {
  const inside = text.replace(every, (character) => {
    const written = special[character]
    if (written !== undefined) return written
    return unseen.test(character) ? escape(character.codePointAt(0) ?? 0) : character
  })
  return quote + inside + quote
}

export const hex = (codePoint: number, digits: number): string => codePoint.toString(16).padStart(digits, '0')

/** Half of a surrogate pair is no character; languages whose strings are UTF-8 can't hold it. */
export const wholeCharacter = (codePoint: number): number =>
  codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint

export const lineEscapes = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
