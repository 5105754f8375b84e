/** What a key of one or two words says about its value: that it is about a person, or secret. */
const personalKeys = new Set([
  ...['email', 'emails', 'mail', 'phone', 'telephone', 'mobile', 'fax', 'msisdn'],
  ...['firstname', 'lastname', 'surname', 'fullname', 'birthday', 'birthdate', 'dob', 'gender'],
  ...['address', 'street', 'postcode', 'zip', 'latitude', 'longitude', 'ip', 'ipaddress'],
  ...['ssn', 'passport', 'iban', 'cardnumber', 'cvc', 'cvv'],
  ...['password', 'passwd', 'token', 'secret', 'apikey', 'authorization', 'cookie'],
])

const email = /[^\s@]+@[^\s@]+\.[^\s@]+/
/** An international number, or groups of digits as people write them; a bare number may be anything. */
const phone = /^(?:\+\d|\(\d)[\d\s().-]{6,18}$|^0\d{1,4}[\s/-]\d[\d\s-]{4,}$/
const card = /^(?:\d[ -]?){13,19}$/
const token = /^eyJ[\w-]+\.[\w-]+\.|^(?:sk|pk|rk|ghp|gho|xox[abp])[_-]\w{10,}/

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

/** Whether a text looks like what belongs to one person: an e-mail address, a phone or card number, a token. */
export function isPersonalText(text: string): boolean {
  return email.test(text) || phone.test(text) || token.test(text) || (card.test(text) && hasCardSum(text))
}

/** The check digit of card numbers, by Luhn. */
function hasCardSum(text: string): boolean {
  const sum = [...text.replace(/\D/g, '')].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
