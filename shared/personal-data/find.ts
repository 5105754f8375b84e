import { ibanLength, isCardNumber, isIban } from './check-digits.ts'
import { emailsIn } from './email.ts'
import type { Span } from './email.ts'
import * as patterns from './patterns.ts'
import { isPasswordLike, isRandom } from './secret.ts'
import { tellingOf } from './telling-key.ts'
import type { Telling } from './telling-key.ts'
import { isCallingCode } from './calling-codes.ts'

export type PersonalDataKind = 'email' | 'phone' | 'card' | 'token' | 'key' | 'secret' | 'iban' | 'ssn'

/** Where in the value’s text, in characters. */
export interface PersonalDatum extends Span {
  kind: PersonalDataKind
}

/** Shorter texts hold something only where the key says so. */
const shortest = 6

/**
 * What of a value, seen with the key that it stands under, belongs to a person or opens a door, in the order of its
 * places. Ids, hashes, prices and dates are none of it. Time is in proportion to the length of the text.
 */
export function personalDataIn(key: string, value: unknown): PersonalDatum[] {
  if (typeof value === 'string') return inText(value, tellingOf(key))
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 99
    ? inNumber(String(value), tellingOf(key))
    : []
}

function inText(text: string, telling: Telling): PersonalDatum[] {
  const whole = wholeOf(text, telling)
  if (whole !== null) return [{ kind: whole, start: 0, end: text.length }]
  if (text.length < shortest) return []
  const found = new FoundData()
  secretsIn(text, found)
  if (telling !== 'message-id' && (text.includes('@') || text.includes('%40'))) {
    for (const span of emailsIn(text)) found.add('email', span.start, span.end)
  }
  if (/\d{2}/.test(text)) numbersIn(text, telling, found)
  return found.inOrder()
}

/** What the whole value is, because its key says so and it looks like it. */
function wholeOf(text: string, telling: Telling): PersonalDataKind | null {
  switch (telling) {
    case 'password':
      return isPasswordLike(text) ? 'secret' : null
    case 'secret':
      // A JSON Web Token is found as that.
      return isRandom(text) && !/^eyJ[\w-]+\.[\w-]{6}/.test(text) ? 'secret' : null
    case 'card-code':
      return /^\s*\d{3,4}\s*$/.test(text) ? 'secret' : null
    case 'ssn':
      return isSocialSecurityNumber(text.trim()) ? 'ssn' : null
    case 'phone':
      return isPhoneLike(text.trim()) ? 'phone' : null
    case 'card':
      return text.length < 40 && isCardNumber(text.replace(/[ -]/g, '')) ? 'card' : null
    default:
      return null
  }
}

function inNumber(text: string, telling: Telling): PersonalDatum[] {
  const kind = wholeOf(text, telling)
  return kind === null ? [] : [{ kind, start: 0, end: text.length }]
}

function secretsIn(text: string, found: FoundData): void {
  // All of these hold a mark that plain words do not.
  if (!/[_.:?-]|AIza|A[KS]IA|SK|earer|asic/.test(text)) return
  for (const { index, 0: match } of matches(patterns.keyPattern, text))
    found.add('key', index, index + match.length)
  if (text.includes('eyJ')) {
    for (const { index, 0: match } of matches(patterns.jwtPattern, text))
      found.add('token', index, index + match.length)
  }
  if (text.includes('PRIVATE KEY')) {
    for (const { index, 0: match } of matches(patterns.privateKeyPattern, text))
      found.add('key', index, index + match.length)
  }
  for (const match of matches(patterns.bearerPattern, text)) {
    const [all, secret = ''] = match
    const end = match.index + all.length
    if (isRandom(secret)) found.add('key', end - secret.length, end)
  }
  if (text.includes('://') || text.startsWith('/') || text.includes('?')) secretsInAddress(text, found)
}

function secretsInAddress(text: string, found: FoundData): void {
  for (const { index, 0: match } of matches(patterns.hookPattern, text))
    found.add('key', index, index + match.length)
  for (const match of matches(patterns.userInfoPattern, text)) {
    const [all, password = ''] = match
    const end = match.index + all.length - 1
    found.add('secret', end - password.length, end)
  }
  for (const match of matches(patterns.parameterPattern, text)) {
    const [all, name = '', value = ''] = match
    const telling = tellingOf(name)
    if (telling !== 'password' && telling !== 'secret') continue
    const end = match.index + all.length
    if (wholeOf(value, telling) !== null) found.add('secret', end - value.length, end)
  }
}

function numbersIn(text: string, telling: Telling, found: FoundData): void {
  ibansIn(text, found)
  if (telling === 'number' || telling === 'message-id') return
  for (const { index, 0: match } of matches(patterns.cardPattern, text)) {
    const digits = match.replace(/[ -]/g, '')
    // Bare digits of these lengths are too often something else: an EAN, a date with its time.
    if (match === digits && digits.length !== 15 && digits.length !== 16) continue
    if (isCardNumber(digits)) found.add('card', index, index + match.length)
  }
  for (const { index, 0: match } of matches(patterns.internationalPhonePattern, text)) {
    const digits = match.replace(/\D/g, '')
    if (digits.length >= 9 && digits.length <= 15 && isCallingCode(digits) && !/\d\.\d+-\d/.test(match))
      found.add('phone', index, index + match.length)
  }
  for (const { index, 0: match } of matches(patterns.northAmericanPhonePattern, text))
    found.add('phone', index, index + match.length)
}

function ibansIn(text: string, found: FoundData): void {
  for (const match of matches(patterns.ibanBeginning, text)) {
    const length = ibanLength(match[1] ?? '')
    if (length === null) continue
    // Written in groups of four, it has a space after each.
    const written = text.slice(match.index, match.index + length + Math.floor(length / 4))
    const compact = /^[A-Za-z\d]+/.exec(written)?.[0] ?? ''
    const candidate = compact.length === 4 ? grouped(written, length) : compact
    const next = text.charAt(match.index + candidate.length)
    if (/[A-Za-z\d]/.test(next) || !isIban(candidate.replaceAll(' ', ''))) continue
    found.add('iban', match.index, match.index + candidate.length)
  }
}

const noMatches: readonly RegExpExecArray[] = []

/** As `matchAll`, which makes a copy of the pattern each time: most texts match nothing, and each is asked a dozen times. */
function matches(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0
  let match = pattern.exec(text)
  if (match === null) return noMatches
  const found: RegExpExecArray[] = []
  for (; match !== null; match = pattern.exec(text)) found.push(match)
  return found
}

/** So much of the text that it holds this many letters and digits. */
function grouped(text: string, length: number): string {
  return text.slice(0, length + Math.ceil(length / 4) - 1)
}

function isPhoneLike(text: string): boolean {
  if (text.length > 40 || !/^\+?[\d\s().\/-]+(?: ?(?:x|ext\.?) ?\d{1,6})?$/i.test(text)) return false
  const digits = text.replace(/\D/g, '').length
  return digits >= 7 && digits <= 17 && !/^(.)\1*$/.test(text) && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)
}

/** Numbers of areas 000, 666 and from 900 on, of group 00 and serial 0000 are given to nobody. */
function isSocialSecurityNumber(text: string): boolean {
  return /^(?!000|666|9)\d{3}([- ]?)(?!00)\d\d\1(?!0000)\d{4}$/.test(text)
}

/** What is found, without overlaps: what was found first is the more telling. */
class FoundData {
  readonly #data: PersonalDatum[] = []

  add(kind: PersonalDataKind, start: number, end: number): void {
    this.#data.push({ kind, start, end })
  }

  inOrder(): PersonalDatum[] {
    const ranked = this.#data.map((datum, rank) => ({ datum, rank }))
    ranked.sort((one, other) => one.datum.start - other.datum.start || one.rank - other.rank)
    const kept: typeof ranked = []
    for (const found of ranked) {
      const last = kept.at(-1)
      if (last === undefined || found.datum.start >= last.datum.end) kept.push(found)
      else if (found.rank < last.rank) kept.splice(-1, 1, found)
    }
    return kept.map(({ datum }) => datum)
  }
}
