import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedTokens, tokensOf } from '../../../shared/query/tokens.ts'

describe('the words of a text', () => {
  it.each([
    ['Order Placed', ['order', 'placed']],
    [' (total_amount: 12.50) ', ['total', 'amount', '12', '50']],
    ['Größe ÇA', ['größe', 'ça']],
    ['e\u0301te\u0301', ['e\u0301te\u0301']],
    ['a \u0301b', ['a', 'b']],
    ['\u0301', []],
    ['', []],
  ])('%j', (text, words) => {
    expect(tokensOf(text)).toEqual(words)
  })

  it('are the same with a mark before each', () => {
    const pieces = fc.constantFrom(
      'a',
      'Z',
      '7',
      'İ',
      'Σ',
      'é',
      'e\u0301',
      '\u0301',
      ' ',
      '-',
      '_',
      '\u{1F600}',
      '\uD800',
      '\uE000',
      '語',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(markedTokens(text, '~')).toBe(
          tokensOf(text)
            .map((word) => ` ~${word}`)
            .join(''),
        )
      }),
      { numRuns: 2_000 },
    )
  })
})
