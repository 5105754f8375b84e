import type { JsonObject } from '../event.ts'
import { personalDataIn } from './find.ts'
import type { PersonalDataKind, PersonalDatum } from './find.ts'

/** As much of it as tells its owner which one it is, and nobody else more. */
export function hint({ kind, start, end }: PersonalDatum, value: unknown): string {
  const text = String(value).slice(start, end)
  switch (kind) {
    case 'email':
      return `${[...text][0] ?? ''}…${text.slice(Math.max(text.lastIndexOf('@'), text.lastIndexOf('%40')))}`
    case 'card':
      return `…${text.slice(-4)}`
    case 'phone':
      return `…${text.slice(-2)}`
    case 'iban':
      return `${text.slice(0, 2)}…${text.slice(-2)}`
    case 'key':
      return `${/^(?:[A-Za-z]{2,6}[_-](?:live|test)?_?|A[KS]IA|AIza)/.exec(text)?.[0] ?? ''}…`
    case 'token':
    case 'secret':
    case 'ssn':
      return '…'
  }
}

const labels: Record<PersonalDataKind, string> = {
  email: '[email]',
  phone: '[phone]',
  card: '[card]',
  token: '[token]',
  key: '[key]',
  secret: '[secret]',
  iban: '[iban]',
  ssn: '[ssn]',
}

/** The value with a label in place of each datum; itself where there is none. */
export function maskedValue(key: string, value: unknown): unknown {
  const data = personalDataIn(key, value)
  if (data.length === 0) return value
  const text = String(value)
  let masked = ''
  let end = 0
  for (const datum of data) {
    masked += text.slice(end, datum.start) + labels[datum.kind]
    end = datum.end
  }
  return masked + text.slice(end)
}

interface Copy {
  from: object
  to: object
  /** The key of the object, or of the list that these are the elements of. */
  key: string
}

/**
 * A copy with all personal data masked, however deep it lies; the original stays as it is. No recursion, so that depth
 * can’t exhaust the stack.
 */
export function withoutPersonalData(properties: JsonObject): JsonObject {
  const result: JsonObject = {}
  const open: Copy[] = [{ from: properties, to: result, key: '' }]
  for (let copy = open.pop(); copy !== undefined; copy = open.pop()) {
    const { from, to, key } = copy
    const isList = Array.isArray(from)
    for (const [childKey, value] of Object.entries(from) as [string, unknown][]) {
      const tellingKey = isList ? key : childKey
      const child = emptyLike(value)
      if (child !== null && typeof value === 'object' && value !== null)
        open.push({ from: value, to: child, key: tellingKey })
      // An assignment to `__proto__` would change the object, not set a key of it.
      Object.defineProperty(to, childKey, {
        value: child ?? maskedValue(tellingKey, value),
        configurable: true,
        enumerable: true,
        writable: true,
      })
    }
  }
  return result
}

function emptyLike(value: unknown): object | null {
  if (Array.isArray(value)) return []
  return typeof value === 'object' && value !== null ? {} : null
}
