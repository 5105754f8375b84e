import { hint, personalDataIn } from '../../personal-data/index.ts'
import type { PersonalDataKind } from '../../personal-data/index.ts'
import { specOf } from '../../spec/semantic-events.ts'
import type { SemanticEvent } from '../../spec/semantic-events.ts'
import type { Finding, Rule } from '../rule.ts'
import type { Leaf } from './value.ts'
import { leavesOf } from './value.ts'

const findingLimit = 10
/** So much of all texts together is looked at: what hides something is short. Characters. */
const readLength = 100_000
const readOfOne = 5_000

export const personalData: Rule = {
  id: 'metadata/personal-data',
  severity: 'warning',
  title: 'Personal data or a secret in metadata',
  documentation:
    'What is sent as metadata is copied into every tool behind and stays there. An e-mail address, a phone or a card number, an IBAN, a password, a token or an API key has no business in it: tell who it was by `userId`, and put an address into the `traits` of identify, where tools protect it and can delete it. Found is only what is sure: cards and IBANs by their check digits, keys by their prefixes, passwords by the key that they stand under. Properties that the Segment spec itself has for it, such as `email` of `Signed Up`, are left alone.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    properties: { invoice_id: 'inv_4111111111111111', total_amount: 123.45 },
  },
  bad: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    properties: { sent_to: 'jane@acme.example', total_amount: 123.45 },
  },
  source: 'experience',
  check(event, facts) {
    if (event.properties === null) return []
    const semantic = event.type === 'track' ? specOf(event.event, event.properties, facts.config.style) : null
    const findings: Finding[] = []
    const reported = new Set<string>()
    let unread = readLength
    for (const leaf of leavesOf(event.properties, 'properties')) {
      const found = firstIn(leaf, semantic)
      unread -= typeof leaf.value === 'string' ? Math.min(leaf.value.length, readOfOne) : 0
      if (found !== null) {
        // One finding stands for all elements of a list.
        const place = `${leaf.path.replace(/\[\d+\]/g, '[]')} ${found.message.slice(0, 20)}`
        if (!reported.has(place)) findings.push(found)
        reported.add(place)
      }
      if (unread <= 0 || findings.length === findingLimit) break
    }
    return findings
  },
}

function firstIn({ path, key, value }: Leaf, semantic: SemanticEvent | null): Finding | null {
  const read = typeof value === 'string' && value.length > readOfOne ? value.slice(0, readOfOne) : value
  for (const datum of personalDataIn(key, read)) {
    if (belongs(datum.kind, path, semantic)) continue
    return {
      path,
      message: `${words[datum.kind]} is in the metadata: ${hint(datum, read)}`,
      reason: `${reasons[datum.kind]} From here it is copied into every tool that gets the event.`,
      suggestion: null,
    }
  }
  return null
}

/** Properties that the spec has for an address or a number of somebody. */
const specKeys = /^properties\.(?:email|phone|invitee_email|recipient|username)$/

function belongs(kind: PersonalDataKind, path: string, semantic: SemanticEvent | null): boolean {
  if (semantic === null || (kind !== 'email' && kind !== 'phone') || !specKeys.test(path)) return false
  return semantic.properties.types.has(path.slice('properties.'.length))
}

const words: Record<PersonalDataKind, string> = {
  email: 'An e-mail address',
  phone: 'A phone number',
  card: 'A card number',
  token: 'A token',
  key: 'An API key',
  secret: 'A password or a secret',
  iban: 'An IBAN',
  ssn: 'A social security number',
}

const whose = 'It belongs to a person, who may ask to have it deleted.'
const opens = 'Whoever reads it can use it.'
const reasons: Record<PersonalDataKind, string> = {
  email: whose,
  phone: whose,
  card: opens,
  token: opens,
  key: opens,
  secret: opens,
  iban: whose,
  ssn: whose,
}
