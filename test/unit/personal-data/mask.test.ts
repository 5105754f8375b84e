import { describe, expect, it } from 'vitest'
import { maskedValue, personalDataIn, withoutPersonalData } from '../../../shared/personal-data/index.ts'

describe('masking', () => {
  it('puts a label where something was, and leaves the rest', () => {
    expect(maskedValue('note', 'Call +32 470 12 34 56 or write to jane@acme.example.')).toBe(
      'Call [phone] or write to [email].',
    )
    expect(maskedValue('url', 'https://a.example/?password=hunter22&x=1')).toBe(
      'https://a.example/?password=[secret]&x=1',
    )
    expect(maskedValue('password', 12345678)).toBe('[secret]')
    expect(maskedValue('total', 12345678)).toBe(12345678)
  })

  it('leaves nothing that would be found again', () => {
    const values: [key: string, value: unknown][] = [
      ['email', 'jane@acme.example'],
      ['phone', '0475 12 34 56'],
      ['card', '4242 4242 4242 4242'],
      ['iban', 'DE89370400440532013000'],
      ['ssn', '123-45-6789'],
      ['password', 'hunter22'],
      ['to', 'a@b.io,c@d.io;e@f.io'],
    ]
    for (const [key, value] of values) {
      expect(personalDataIn(key, value)).not.toEqual([])
      expect(personalDataIn(key, maskedValue(key, value))).toEqual([])
    }
  })

  it('reaches every depth and every list, and leaves the original alone', () => {
    const properties = { a: [{ emails: ['a@b.io', 'x'] }], total: 5, none: null }
    expect(withoutPersonalData(properties)).toEqual({
      a: [{ emails: ['[email]', 'x'] }],
      total: 5,
      none: null,
    })
    expect(properties.a).toEqual([{ emails: ['a@b.io', 'x'] }])
  })

  it('is not led astray by depth, number or strange keys', () => {
    let deep: Record<string, unknown> = { email: 'a@b.io' }
    for (let depth = 0; depth < 50_000; depth += 1) deep = { child: deep }
    let masked: unknown = withoutPersonalData(deep)
    while (typeof masked === 'object' && masked !== null && 'child' in masked) masked = masked.child
    expect(masked).toEqual({ email: '[email]' })

    const strange: unknown = JSON.parse('{"__proto__":{"email":"a@b.io"},"constructor":"a@b.io"}')
    expect(JSON.stringify(withoutPersonalData(strange as Record<string, unknown>))).toBe(
      '{"__proto__":{"email":"[email]"},"constructor":"[email]"}',
    )

    const before = process.threadCpuUsage()
    const long = maskedValue('note', 'a@b.io '.repeat(200_000))
    const { user, system } = process.threadCpuUsage(before)
    expect(long).toBe('[email] '.repeat(200_000))
    expect((user + system) / 1_000).toBeLessThan(5_000)
  })
})
