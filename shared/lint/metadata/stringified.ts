import { personalDataIn } from '../../personal-data/index.ts'
import { chosenSeverity } from '../config.ts'
import type { Facts, Finding, LintedEvent, Rule } from '../rule.ts'
import { placesToldBy } from '../told-by.ts'
import { wordSet } from '../words/word-set.ts'
import { embeddedJson, holdsJson } from './embedded-json.ts'
import { wordsOfKey } from './key-words.ts'
import { jsonType, placeAt } from './places.ts'
import { reserved } from './reserved.ts'
import { usualType } from './usual-type.ts'
import type { Leaf } from './value.ts'
import { leavesOf, shown } from './value.ts'

/** More than this would bury the other findings of an event. */
const findingLimit = 10

export const stringified: Rule = {
  id: 'metadata/stringified',
  severity: 'warning',
  title: 'Value was turned into text',
  documentation:
    'A number in quotes can’t be summed, `"false"` counts as true in many tools, and `"undefined"` or `"[object Object]"` is a value that was lost on the way. Ids, codes, phone numbers and free text are left alone: there, text is right.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { total_amount: 123.45 } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { total_amount: '123.45' } },
  source: 'experience',
  check(event, facts) {
    const findings: Finding[] = []
    const reported = new Set<string>()
    let told: ReadonlySet<string> | null = null
    for (const leaf of metadataLeaves(event)) {
      if (typeof leaf.value !== 'string') continue
      const finding = judged(leaf, leaf.value)
      // What is somebody's, or a secret, `metadata/personal-data` tells without repeating it.
      if (finding === null || personalDataIn(leaf.key, leaf.value).length > 0) continue
      // It says more of a key that the spec knows.
      told ??= placesToldBy([reserved], event, facts)
      if (told.has(leaf.path) || isOfUnusualType(finding, event, facts)) continue
      // One finding stands for all elements of a list.
      const place = leaf.path.replace(/\[\d+\]/g, '[]')
      if (reported.has(place)) continue
      reported.add(place)
      findings.push(finding)
      if (findings.length === findingLimit) break
    }
    return findings
  },
}

function metadataLeaves(event: LintedEvent): Leaf[] {
  const properties = event.properties === null ? [] : leavesOf(event.properties, 'properties')
  const own = event.type === 'identify' || event.type === 'group'
  const traits = !own || event.traits === null ? [] : leavesOf(event.traits, 'traits')
  return [...properties, ...traits]
}

/** Whether the better value would be of another type than this property mostly has: then `metadata/type-drift` tells. */
function isOfUnusualType(
  { path, suggestion }: Finding,
  event: LintedEvent,
  { past, config }: Facts,
): boolean {
  if (past === null || event.properties === null || suggestion === null) return false
  const place = placeAt(event.properties, path)
  const usual = place === null ? null : usualType(past, place.path)
  const better = jsonType(JSON.parse(suggestion))
  if (usual === null || usual.type === 'string' || better === 'null' || usual.type === better) return false
  return chosenSeverity(config, 'metadata/type-drift', event.event) !== 'off'
}

/** Words in a key that say: text is right here, even when it happens to look like a number. */
const textKeys = wordSet(`
  id ids uid uuid guid key keys code codes zip postal postcode zipcode phone tel telephone mobile cell fax sku isbn ean upc gtin mpn asin
  barcode version build release ssn iban bic swift account hash token ref reference serial pin otp number no nr num
  username login handle slug url uri path link href query search term keyword keywords q text content body comment note
  message description title label name firstname lastname fullname headline subject answer response input size variant
  grade class license plate room apartment suite street address house unit hs coupon promo promocode voucher model order
  date day month year time timestamp at on birthday dob locale option choice selection tag tags
`)
/** Nothing but free text: even `"true"` is what somebody wrote. */
const freeTextKeys = wordSet(
  'query search term keyword keywords q text content body comment note message description title label name headline subject answer response input choice option selection',
)

/** Words that end like an id and are none. */
const noIds = wordSet(
  'paid prepaid unpaid repaid overpaid underpaid bid bids rebid outbid aid grid valid invalid void avoid fluid solid liquid rapid hybrid',
)

/** Whether a word of a key says that its value is a code, even where it looks like a number: `userid`, `areacode`. */
function isOfCode(word: string): boolean {
  return textKeys.has(word) || (/(?:id|code|number|zip|phone)$/.test(word) && !noIds.has(word))
}

function judged({ path, key }: Leaf, text: string): Finding | null {
  const value = text.length > 100 ? text : text.trim()
  const lost = /^(?:undefined|NaN|\[object [A-Z]\w*\])$/.test(value)
  if (lost) {
    return {
      path,
      message: `${shown(text)} is not the value that was meant`,
      reason: 'The value was lost on the way: leave the property out when there is nothing to send.',
      suggestion: null,
    }
  }
  const words = wordsOfKey(key)
  if (words.some((word) => freeTextKeys.has(word))) return null
  if (/^(?:true|false|null)$/i.test(value)) {
    return {
      path,
      message: `${shown(text)} is text, not ${value.toLowerCase() === 'null' ? 'null' : 'a boolean'}`,
      reason: 'In filters and conditions any text counts as true.',
      suggestion: value.toLowerCase(),
    }
  }
  if (isNumberInText(value)) {
    if (words.some((word) => isOfCode(word))) return null
    return {
      path,
      message: `${shown(text)} is a number written as text`,
      reason: 'Text can’t be summed, averaged or compared by size.',
      suggestion: value,
    }
  }
  if (!holdsJson(text)) return null
  return {
    path,
    message: 'An object or a list is sent as JSON in a text',
    reason: 'What is inside the text can be neither filtered nor grouped by.',
    suggestion: embeddedJson(text),
  }
}

/** A plain decimal that JSON could write without quotes: `007` and `+32…` are codes, twenty digits are an id. */
function isNumberInText(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)
}
