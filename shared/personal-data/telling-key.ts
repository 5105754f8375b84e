import { wordsOfKey } from '../lint/metadata/key-words.ts'
import { wordSet } from '../lint/words/word-set.ts'

/**
 * What a key lets expect of its value: a password, which can be any text; a secret that a machine made, which looks like
 * it; a card's check code; a number of some kind; or a number of which many look like a card or a phone by chance.
 */
export type Telling =
  'password' | 'secret' | 'card-code' | 'phone' | 'card' | 'ssn' | 'message-id' | 'number' | 'nothing'

const keyLimit = 5_000
const remembered = new Map<string, Telling>()

export function tellingOf(key: string): Telling {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const telling = judged(wordsOfKey(key))
  if (key.length > 100) return telling
  if (remembered.size >= keyLimit) remembered.clear()
  remembered.set(key, telling)
  return telling
}

const passwordWords = wordSet('password passwd passwort pwd passphrase passcode credentials userpass')
/** Behind a password’s own word, these still mean the password itself. */
const sameThing = wordSet(
  'confirmation confirm again repeat repeated new old current value text plain raw input hash',
)
const secretWords = wordSet('secret token authorization apikey accesstoken authtoken secretkey jwt bearer')
const secretPairs = wordSet(
  'api-key access-key secret-key private-key client-secret signing-key encryption-key auth-key service-key account-key auth-header authorization-header',
)
/** Tokens that are names for something else: a place in a list, a coin, a phone that gets messages. */
const harmlessTokens = wordSet(
  'page next prev previous continuation cursor pagination push device registration fcm apns crypto nft governance design lp erc20 sync placeholder cancel cancellation idempotency',
)
const phoneWords = wordSet(
  'phone phones telephone tel mobile cell cellphone fax whatsapp sms msisdn phonenumber mobilephone handphone gsm viber',
)
const phoneTails = wordSet('number numbers no nr num to from e164 raw formatted input value entered 1 2 3')
const cardWords = wordSet('card cc creditcard pan cardnumber ccnumber creditcardnumber debitcard')
const cardTails = wordSet('number num no nr value input raw entered digits')
/** Numbers with a check digit of the same kind, long ones of no kind, and what is counted, measured or dated. */
const numberWords = wordSet(`
  id ids uid uuid guid order orders transaction invoice receipt tracking shipment parcel sku serial imei imsi iccid ean upc gtin isbn
  issn barcode hash sha md5 checksum fingerprint trace span request session device product item part model batch lot ticket case
  po vat tax code version build timestamp time date ts epoch nonce seed etag ref reference bytes size offset delta change diff score
  growth amount total price cost revenue value1 balance lat lon lng latitude longitude coordinates coords geo location position
  index row column hex color colour ip port pixel dimensions range ratio percent rate path
`)

function judged(words: readonly string[]): Telling {
  const last = words.at(-1)
  if (last === undefined) return 'nothing'
  const before = words.at(-2) ?? ''
  if (passwordWords.has(last) || (passwordWords.has(before) && sameThing.has(last))) return 'password'
  if (isSecret(words, before, last)) return 'secret'
  if (/^(?:cvv2?|cvc2?|csc|cvn)$/.test(last) || (last === 'code' && before === 'security')) return 'card-code'
  if (last === 'ssn' || (words.includes('ssn') && cardTails.has(last)) || isSocialSecurity(words))
    return 'ssn'
  if (phoneWords.has(last) || (phoneWords.has(before) && phoneTails.has(last))) return 'phone'
  if (
    cardWords.has(last) ||
    (cardWords.has(before) && cardTails.has(last)) ||
    /^primary account number$/.test(words.join(' '))
  )
    return 'card'
  if (last === 'id' && before === 'message') return 'message-id'
  return words.some((word) => numberWords.has(word) || /(?:id|code|hash)$/.test(word)) ? 'number' : 'nothing'
}

function isSecret(words: readonly string[], before: string, last: string): boolean {
  if (last === 'token') return !words.some((word) => harmlessTokens.has(word))
  return secretWords.has(last) || secretPairs.has(`${before}-${last}`) || last === 'auth'
}

function isSocialSecurity(words: readonly string[]): boolean {
  const text = words.join('')
  return /socialsecurity(?:number|no|num)?$/.test(text)
}
