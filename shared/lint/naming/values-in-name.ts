import { numbered } from '../words/grammar.ts'
import { wordSet } from '../words/word-set.ts'
import type { TeamEnglish } from './team-english.ts'

export interface ValueInName {
  text: string
  /** “an e-mail address”, as a sentence goes on after “has”. */
  what: string
  /** The property to put it in. */
  property: string
  start: number
  end: number
}

interface Pattern {
  what: string
  property: string
  pattern: RegExp
  accepts?: (text: string, before: string, after: string) => boolean
}

/** Begins and ends of a value: letters and digits don't touch it. An underscore does. */
const from = String.raw`(?<![\p{L}\p{N}])`
const to = String.raw`(?![\p{L}\p{N}])`

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'

/** No quantifier here can meet the same text in two ways: a name made to be slow is not. */
const patterns: readonly Pattern[] = [
  {
    what: 'a placeholder that was never filled in',
    property: 'value',
    pattern:
      /\$\{[^{}]*\}|\{\{[^{}]*\}\}|\{[a-z][\w.]*\}|%[sd](?![\p{L}\p{N}])|\[object \w+\]|<[a-z][a-z _-]*>/giu,
  },
  {
    what: 'a value that was lost',
    property: 'value',
    pattern: /(?<![\p{L}\p{N}])(?:undefined|NaN)(?![\p{L}\p{N}])|(?<=\s)null(?=\s|$)|^null(?=\s)/gu,
  },
  {
    what: 'an e-mail address',
    property: 'email',
    pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
  },
  {
    what: 'a URL',
    property: 'url',
    pattern: /(?:https?|ftp|wss?|file):\/\/[^\s"'<>]*|(?<![\p{L}\p{N}])www\.[^\s"'<>]+/giu,
  },
  {
    what: 'a UUID',
    property: 'id',
    pattern: /(?<![\p{L}\p{N}])[0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12}(?![\p{L}\p{N}])/giu,
  },
  {
    what: 'a date',
    property: 'date',
    pattern: new RegExp(
      `${from}(?:(?:19|20)\\d\\d[-/._](?:0?[1-9]|1[0-2])[-/._](?:0?[1-9]|[12]\\d|3[01])(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?` +
        `|\\d{1,2}[-/.]\\d{1,2}[-/.](?:19|20)?\\d\\d` +
        `|(?:\\d{1,2}(?:st|nd|rd|th)? )?(?:${months}) \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d\\d|(?:\\d{1,2}(?:st|nd|rd|th)? )?(?:${months}) (?:19|20)\\d\\d` +
        `|(?:${months}) \\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\\d\\d[-/](?:0[1-9]|1[0-2]))${to}`,
      'giu',
    ),
  },
  {
    what: 'a time',
    property: 'time',
    pattern: new RegExp(`${from}\\d{1,2}:\\d\\d(?::\\d\\d)?(?: ?[ap]m)?${to}`, 'giu'),
  },
  {
    what: 'an IP address',
    property: 'ip',
    pattern: new RegExp(`${from}\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?${to}`, 'gu'),
  },
  {
    what: 'a version',
    property: 'version',
    pattern: new RegExp(`${from}v?\\d{1,4}\\.\\d{1,4}\\.\\d{1,6}(?:-[a-z]+[.\\d]*)?${to}`, 'giu'),
  },
  {
    what: 'a domain',
    property: 'domain',
    pattern: new RegExp(
      `${from}(?:[a-z0-9][a-z0-9-]{0,62}\\.){1,4}(?:com|org|net|io|co|dev|app|de|fr|nl|be|uk|eu|us|ca|es|it|ch|at|se|no|dk|pl|br|in|jp|cn|au|info|biz|gov|edu)${to}(?:/\\S*)?`,
      'giu',
    ),
    accepts: (text) => !brands.has(text.toLowerCase()) && !isDottedName(text),
  },
  { what: 'a path', property: 'path', pattern: /(?<=^|\s)\/[\p{L}\p{N}][^\s]*/gu },
  {
    what: 'a percentage',
    property: 'percent',
    pattern: /(?<![\p{L}\p{N}])\d{1,3}(?:\.\d+)? ?%/gu,
  },
  {
    what: 'an amount',
    property: 'amount',
    pattern: new RegExp(
      `[$€£¥₹] ?\\d[\\d.,]*\\d|[$€£¥₹] ?\\d|${from}\\d[\\d.,]* ?(?:[€£]|(?:usd|eur|gbp|dollars|euros)${to})|${from}(?:usd|eur|gbp) ?\\d[\\d.,]*|${from}\\d+\\.\\d\\d${to}`,
      'giu',
    ),
  },
  { what: 'a phone number', property: 'phone', pattern: /\+\d[\d ()-]{6,18}\d/gu },
  { what: 'an id', property: 'id', pattern: /#\p{L}{0,4}-?\d+/gu },
  {
    what: 'an id',
    property: 'id',
    pattern: /(?<![\p{L}\p{N}])(?:[a-z]{2,5}[_-])?[a-z0-9]{6,64}(?![\p{L}\p{N}])/giu,
    accepts: isMixedId,
  },
  {
    what: 'an id',
    property: 'id',
    pattern: /(?<![\p{L}\p{N}])[a-z]{1,5}-\d{2,12}(?![\p{L}\p{N}])/giu,
    accepts: isCode,
  },
  { what: 'a number', property: 'number', pattern: /(?<!\p{N})\d{1,40}(?!\p{N})/gu, accepts: isValueNumber },
]

const brands = wordSet(
  'booking.com monday.com cal.com hotels.com amazon.com make.com salesforce.com pipe.io fly.io draw.io socket.io last.fm match.com cars.com',
)

/** `order.app` in `user.order.app` is a style of naming, not a place on the net. */
function isDottedName(text: string): boolean {
  return !text.includes('/') && /\.(?:in|no|at|it|us|be|co|app|info|es)$/i.test(text)
}

/** `9s6XKzkN`, `a1b2c3d4`: letters and digits that take turns. `Step10` and `iphone15` do not. */
function isMixedId(text: string): boolean {
  const id = text.replace(/^[a-z]{2,5}[_-]/i, '')
  if (!/\d/.test(id) || !/[a-z]/i.test(id)) return false
  if (/^[a-z]+\d+$/i.test(id) || /^\d+[a-z]+$/i.test(id)) return false
  if (isCamelCaseWithNumbers(id)) return false
  const digits = id.replace(/\D/g, '').length
  const changes = id.replace(/[a-z]+/gi, 'a').replace(/\d+/g, '1').length
  return id.length >= 6 && digits >= 2 && changes >= 3 && !/^[a-z]+\d+[a-z]+$/i.test(id)
    ? true
    : changes >= 3 && digits >= 3 && id.length >= 8
}

/** `Step10Completed`. Cut into runs first: one pattern for all of it would try them in every combination, for hours. */
function isCamelCaseWithNumbers(text: string): boolean {
  const runs = text.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []
  return (
    /^[A-Z][a-z]+$/.test(runs.at(-1) ?? '') &&
    runs.every((run) => /^(?:[A-Z]?[a-z]+|\d{1,2})$/.test(run) || namedNumbers.has(run))
  )
}

const notCodes = wordSet(
  'covid mp ga h iso web sha aes utf base top form mach error http step level tier phase day week part page q version v web wave',
)

function isCode(text: string, before: string, after: string): boolean {
  // video-50-percent-watched: in kebab-case a hyphen says nothing about the number behind it.
  if (before.endsWith('-') || /^-\p{L}/u.test(after)) return false
  return !notCodes.has(text.toLowerCase().replace(/-.*/, ''))
}

/** Numbers that are names: a 404 page, Office 365, ISO 27001. */
const namedNumbers = wordSet(
  '100 101 180 256 264 265 360 365 401 403 404 429 480 500 502 503 504 512 529 720 911 1031 1040 1080 1099 2160 9001 27001',
)
/** After these a number counts steps that are known beforehand. */
const counted = wordSet(
  'step level phase day week month year part chapter tier round stage slide tab screen question lesson module version error status http top fortune iso form office windows ios android web covid formula season episode tip option variant test group page',
)

function isValueNumber(text: string, before: string, after: string): boolean {
  const word =
    /(\p{L}+)[\s_\-:.#]*(?:(?:id|no|nr|number)[\s_.:#]*)?$/iu.exec(before.slice(-40))?.[1]?.toLowerCase() ??
    ''
  const glued = /\p{L}$/u.test(before) || /^\p{Ll}/u.test(after)
  const entity =
    numbered.has(word) || numbered.has(/(\p{Lu}?\p{Ll}+)$/u.exec(before)?.[1]?.toLowerCase() ?? '')
  if (entity && text.length >= 2 && !/^ ?(?:day|week|month|year|hour|minute)/i.test(after)) return true
  if (text.length < 3) return false
  if (namedNumbers.has(text)) return false
  if (glued && !entity && text.length < 4) return false
  if (counted.has(word) && text.length < 5) return false
  // 1000 Points Earned: a milestone has a round number.
  return !/^\d+00$/.test(text) || before.trim() !== ''
}

/** The first value in the name, in reading order of the patterns; null when there is none. */
export function firstValue(name: string, english: TeamEnglish): ValueInName | null {
  for (const { what, property, pattern, accepts } of patterns) {
    for (const match of name.matchAll(pattern)) {
      const [text] = match
      const start = match.index
      const end = start + text.length
      if (english.isOwn(text)) continue
      if (accepts !== undefined && !accepts(text, name.slice(0, start), name.slice(end))) continue
      return {
        text,
        what: whatFor(what, text),
        property: propertyFor(property, name.slice(0, start)),
        start,
        end,
      }
    }
  }
  return null
}

function whatFor(what: string, text: string): string {
  return what === 'a number' && /^(?:19|20)\d\d$/.test(text) ? 'a year' : what
}

function propertyFor(property: string, before: string): string {
  if (property !== 'id' && property !== 'number') return property
  const words = before.toLowerCase().match(/\p{L}+/gu) ?? []
  const word = words.findLast((candidate) => !idWords.has(candidate))
  return word === undefined || word.length > 30 ? 'id' : `${word}_id`
}

const idWords = wordSet(
  'id ids no nr number uuid guid sku ref reference code for of to from with by at in on the a',
)

/** More values than this in one name are not taken out. */
const valueLimit = 8

/** The name without its values, and without the words that only led to them; may be empty. */
export function withoutValues(name: string, english: TeamEnglish): string {
  let rest = name
  for (let count = 0; count < valueLimit; count += 1) {
    const value = firstValue(rest, english)
    if (value === null) break
    const before = rest
      .slice(0, value.start)
      .replace(/[\s_\-:#("'[<=]+$/u, '')
      .replace(/(?<=[\s_-]|^)(?:id|no\.?|nr\.?|number|uuid|sku|ref)$/iu, '')
      .replace(/(?<=\p{Ll})I[dD]$/u, '')
      .replace(/[\s_\-:#(]+$/u, '')
      .replace(/(?<=[\s_-])(?:of|for|to|from|at|on|in|by|with|via|until|since|over|than)$/iu, '')
      .replace(/[\s_\-:#(]+$/u, '')
    const after = rest.slice(value.end).replace(/^[\s_\-:)"'\]>,.]+/u, '')
    const joint = /[\s]/.test(rest) ? ' ' : rest.includes('_') ? '_' : rest.includes('-') ? '-' : ''
    rest = before === '' || after === '' ? before + after : `${before}${joint}${after}`
  }
  return rest.trim()
}
