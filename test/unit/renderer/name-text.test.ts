import { describe, expect, it } from 'vitest'
import { addressOfName, headInAddress, shownName, withName } from '../../../renderer/lib/name-text.ts'
import { parseQuery } from '../../../shared/query/index.ts'

describe('a name on the screen', () => {
  it('is shown as it is when it can be seen', () => {
    for (const name of ['Invoice Sent', '<img src=x onerror=alert(1)>', 'تم الدفع', '🚀 Launched']) {
      expect(shownName(name)).toBe(name)
    }
  })

  it('shows what nobody would see: controls, directional marks and stray spaces', () => {
    expect(shownName('Order\u0000Done\n')).toBe('Order␀Done␊')
    expect(shownName('Invoice \u202etneS')).toBe('Invoice ⟨U+202e⟩tneS')
    expect(shownName(' Invoice  Sent')).toBe('␣Invoice␣␣Sent')
    expect(shownName('Half \ud83d')).toBe('Half \ufffd')
  })

  it('is cut where it would never end', () => {
    expect(shownName('a'.repeat(100_000))).toBe(`${'a'.repeat(300)}…`)
  })
})

describe('a name in the address', () => {
  it('is the name itself, and only in short when it is long', () => {
    expect(addressOfName('Order …12345678 Placed')).toBe('Order …12345678 Placed')
    const long = addressOfName('x'.repeat(100_000))
    expect(long.length).toBeLessThan(100)
    expect(headInAddress(long)).toBe('x'.repeat(80))
    expect(headInAddress('Invoice Sent')).toBeNull()
  })

  it('tells long names with the same beginning apart', () => {
    const [one, other] = [`${'x'.repeat(5000)}1`, `${'x'.repeat(5000)}2`]
    expect(addressOfName(one)).not.toBe(addressOfName(other))
  })

  it('can always be encoded, though the name is cut through a letter', () => {
    for (const name of ['\ud83d', `${'x'.repeat(79)}🚀${'y'.repeat(300)}`]) {
      expect(() => encodeURIComponent(addressOfName(name))).not.toThrow()
    }
  })
})

describe('the query of a name', () => {
  it.each(['Invoice Sent', 'a "quoted" \\ name', 'star * OR (bracket)', `${'"x* '.repeat(400)}`, '-', '0'])(
    'is one that can be read: %j',
    (name) => {
      for (const query of ['', 'user:42', 'a OR b'])
        expect(parseQuery(withName(query, name))).toMatchObject({ ok: true })
    },
  )

  it('is short, though the name is long', () => {
    expect(withName('user:42 OR user:43', 'x'.repeat(9000))).toBe(
      `(user:42 OR user:43) event:${'x'.repeat(80)}*`,
    )
  })
})
