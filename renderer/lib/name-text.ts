import { quoteValue, withTerm } from '../../shared/query/index.ts'

/** Characters that nobody sees, or that turn the text around them: zero-width, directional marks, soft hyphens. */
const invisible = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu
/** Spaces at an end, and more than one between two words. */
const straySpaces = /^ +| +$| {2,}/g
/** An SDK can send a name of any length: so much of it is drawn. Characters. */
const drawnLength = 300

/** The name as a line of text shows it: what nobody would see is made visible, what has no end is cut. */
export function shownName(name: string): string {
  const start = wellFormed(name.slice(0, drawnLength))
    .replace(/[\u0000-\u001f]/gu, (control) => String.fromCodePoint(0x2400 + (control.codePointAt(0) ?? 0)))
    .replace(/\u007f/gu, '\u2421')
    .replace(invisible, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}⟩`)
  const text = name.length > drawnLength ? `${start}…` : start
  return text.replace(straySpaces, (spaces) => '␣'.repeat(spaces.length))
}

/** An address has to pass through servers that allow 16 KB for all headers of a request. Characters. */
const addressLength = 200
const headLength = 80

/** A name as the address holds it: itself, or its head and a sum of the rest where it is too long or broken. */
export function addressOfName(name: string): string {
  const sound = wellFormed(name)
  return name.length <= addressLength && sound === name ? name : `${headOf(sound)}…${checksum(name)}`
}

/** The head of a name that the address holds only in short; null where it holds all of it. */
export function headInAddress(address: string): string | null {
  return /^(.+)…[0-9a-f]{8}$/su.exec(address)?.[1] ?? null
}

/** The query narrowed to the events of a name; a name that is too long for an address is narrowed to by its head. */
export function withName(query: string, name: string): string {
  const sound = wellFormed(name)
  if (name.length <= addressLength && sound === name) return withTerm(query, 'event', name)
  const term = `event:${quoteValue(headOf(sound))}*`
  return query.trim() === '' ? term : `(${query.trim()}) ${term}`
}

const headOf = (name: string): string => wellFormed(name.slice(0, headLength)).replace(/\ufffd$/u, '')

/** Half of a surrogate pair can be neither put into an address nor drawn. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

/** FNV-1a, as eight hexadecimal digits. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
