import { personalDataIn } from '../../../../shared/personal-data/index.ts'

/** What a key of one or two words says about its value: that it is about a person, or secret. */
const personalKeys = new Set([
  ...['email', 'emails', 'mail', 'phone', 'telephone', 'mobile', 'fax', 'msisdn'],
  ...['firstname', 'lastname', 'surname', 'fullname', 'birthday', 'birthdate', 'dob', 'gender'],
  ...['address', 'street', 'postcode', 'zip', 'latitude', 'longitude', 'ip', 'ipaddress'],
  ...['ssn', 'passport', 'iban', 'cardnumber', 'cvc', 'cvv'],
  ...['password', 'passwd', 'token', 'secret', 'apikey', 'authorization', 'cookie'],
])

/** Whether values at this path of the metadata had better not be listed: they are about a person, or secret. */
export function isPersonalKey(path: string): boolean {
  const key = path.slice(path.lastIndexOf('.') + 1).replaceAll('[]', '')
  const words =
    key
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return words.some(
    (word, index) => personalKeys.has(word) || personalKeys.has(word + (words[index + 1] ?? '')),
  )
}

/** Of a longer text, so much is looked at: the rest takes its time. Characters. */
const examinedLength = 200

/** Whether a text holds what belongs to one person or opens a door: an address, a phone or card number, a key. */
export function isPersonalText(text: string): boolean {
  return personalDataIn('', text.slice(0, examinedLength)).length > 0
}
