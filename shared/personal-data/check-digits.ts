import { wordMap } from '../lint/words/word-set.ts'

/** The check digit of cards and other numbers (ISO/IEC 7812-1, annex B); takes digits alone. */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const counted = index % 2 === 0 ? digit : digit * 2
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}

/** What the networks' numbers begin with, and how long they are. */
const issuers: readonly [beginning: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]], // Visa
  [/^5[1-5]/, [16]], // Mastercard
  [/^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)/, [16]], // Mastercard, since 2017
  [/^3[47]/, [15]], // American Express
  [/^(?:6011|65|64[4-9])/, [16, 19]], // Discover
  [/^35(?:2[89]|[3-8]\d)/, [16]], // JCB
  [/^3(?:0[0-5]|[689])/, [14, 16]], // Diners Club
  [/^62/, [16, 17, 18, 19]], // UnionPay
  [/^(?:50|5[6-8]|67)/, [16]], // Maestro
]

export function isCardNumber(digits: string): boolean {
  if (!issuers.some(([beginning, lengths]) => lengths.includes(digits.length) && beginning.test(digits)))
    return false
  // All the same digit is what somebody types who will not tell.
  return hasLuhnDigit(digits) && !/^(\d)\1+$/.test(digits)
}

/** How long the IBANs of a country are: the registry that SWIFT keeps for ISO 13616. */
const ibanLengths = wordMap(`
  AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BI:27 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DJ:27 DK:18 DO:28
  EE:20 EG:29 ES:24 FI:18 FK:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27
  JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MN:20 MR:27 MT:31 MU:30 NI:28 NL:18
  NO:15 OM:23 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 RU:33 SA:24 SC:31 SD:18 SE:24 SI:19 SK:24 SM:27 SO:23 ST:25 SV:28
  TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20 YE:30
`)

/** How many letters and digits an IBAN of this country has; null where there are none. */
export function ibanLength(country: string): number | null {
  const length = ibanLengths.get(country.toUpperCase())
  return length === undefined ? null : Number(length)
}

/** Takes letters and digits alone. ISO 7064, MOD 97-10. */
export function isIban(text: string): boolean {
  const iban = text.toUpperCase()
  if (ibanLength(iban.slice(0, 2)) !== iban.length || !/^[A-Z]{2}\d\d[A-Z\d]+$/.test(iban)) return false
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
