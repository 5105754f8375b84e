import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../shared/query/parse.ts'
import { printQuery } from '../../../shared/query/print.ts'
import { anyQuery, meaning, querySoup } from './arbitrary.ts'

const printed = (text: string): string => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  return printQuery(parsed.query)
}

describe('a printed query', () => {
  it('says the same when it is read again, whatever it says', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const parsed = parseQuery(printQuery(query))
        expect(parsed).toMatchObject({ ok: true })
        if (parsed.ok) expect(meaning(parsed.query)).toEqual(meaning(query))
      }),
      { numRuns: 2000 },
    )
  })

  it('says the same as the text that was typed', () => {
    fc.assert(
      fc.property(querySoup, (text) => {
        const typed = parseQuery(text)
        if (!typed.ok) return
        const again = parseQuery(printQuery(typed.query))
        expect(again).toMatchObject({ ok: true })
        if (again.ok) expect(meaning(again.query)).toEqual(meaning(typed.query))
      }),
      { numRuns: 5000 },
    )
  })

  it.each([
    ['', ''],
    ['  jane   AND type:track ', 'jane type:track'],
    ['EVENT:"Invoice Sent"', 'event:"Invoice Sent"'],
    ['event:"Paid"', 'event:Paid'],
    ['type:track OR type:page', 'type:track,page'],
    ['((a b) OR c) d', '(a b OR c) d'],
    ['NOT (a OR b)', '-(a OR b)'],
    ['-(type:track,page)', '-type:track,page'],
    ['properties.x:"100"', 'properties.x:"100"'],
    ['properties."total".x:100', 'properties.total.x:100'],
    ['problem:naming', 'problem:naming/*'],
    ['problem:"naming"', 'problem:"naming"'],
    ['accepted:false', 'accepted:no'],
    ['since:2026-02-03T04:05+02', 'since:2026-02-03T04:05+02:00'],
    ['"or" "say \\"hi\\""', '"or" "say \\"hi\\""'],
  ])('has one way to be written: %s', (text, canonical) => {
    expect(printed(text)).toBe(canonical)
  })
})
