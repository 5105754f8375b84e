import { describe, expect, it } from 'vitest'
import { quoted } from '../../../../shared/lint/naming/name-text.ts'
import { problemsOf } from './of-a-name.ts'

describe('a name in a sentence', () => {
  it.each([
    ['a direction override', 'Order \u202eCompleted', '“Order \\u202eCompleted”'],
    ['an isolate', '\u2066Order\u2069', '“\\u2066Order\\u2069”'],
    ['a control character', 'Order\u0000\u0007', '“Order\\u0000\\u0007”'],
    ['a line break', 'Order\nCompleted', '“Order\\u000aCompleted”'],
    ['a line separator', 'Order\u2028Completed', '“Order\\u2028Completed”'],
    ['a terminal’s escape', '\u001b[31mOrder', '“\\u001b[31mOrder”'],
    ['a zero-width space', 'Or\u200bder', '“Or\\u200bder”'],
    ['a joiner between Latin letters', 'Or\u200dder', '“Or\\u200dder”'],
    ['a tag', 'Order\u{e0041}', '“Order\\u{e0041}”'],
    ['half a character', 'Order \ud83d', '“Order \\ud83d”'],
    ['a letter that is empty', 'Order\u3164', '“Order\\u3164”'],
    ['a byte order mark', '\ufeffOrder', '“\\ufeffOrder”'],
  ])('shows %s', (_what, name, shown) => {
    expect(quoted(name)).toBe(shown)
  })

  it.each([
    'Order Completed',
    'Größe gewählt',
    'الطلب اكتمل',
    'ثبت‌نام',
    '👩‍🔧 Booked',
    '🏳️‍🌈 Shared',
    '注文完了',
  ])('is %s as it is', (name) => {
    expect(quoted(name)).toBe(`“${name}”`)
  })

  it('is cut when it is long, and never within a character', () => {
    expect(quoted('a'.repeat(100_000))).toBe(`“${'a'.repeat(80)}…”`)
    expect(quoted('🎉'.repeat(100))).toBe(`“${'🎉'.repeat(80)}…”`)
    expect(quoted(`${'a'.repeat(79)}🎉`)).toBe(`“${'a'.repeat(79)}🎉”`)
  })
})

describe('what is said of a hostile name', () => {
  const hostile = [
    '\u202eevil order',
    'Order\u0000Completed\u001b[2J',
    '\u2067send_invoice\u2069',
    `Order ${'\u200f'.repeat(50)} 1234 Completed`,
    `user_\u202e${'x'.repeat(1_000)}@example.com`,
    '\ud83d order',
    '<script>alert(1)</script>\u2028',
  ]

  it.each(hostile)('%j shows nothing that hides or turns the sentence', (name) => {
    const problems = problemsOf(name)
    expect(problems).not.toEqual([])
    for (const { message, suggestion } of problems) {
      expect(message).not.toMatch(/[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u)
      expect(suggestion ?? '').not.toMatch(/[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u)
      expect(message.length).toBeLessThan(400)
    }
  })
})
