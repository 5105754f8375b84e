import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyWords } from '../../../shared/query/keys.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { meaning, querySoup } from './arbitrary.ts'

const read = (text: string): unknown => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  return meaning(parsed.query)
}
const words = (...tokens: string[]) => ({ kind: 'words', text: null, tokens, phrase: false })
const text = (key: string, value: string) => ({ kind: 'text', key, test: { by: 'equals', value } })
const total = { kind: 'path', root: 'properties', path: ['total'] }

describe('a query', () => {
  it('without anything asks for everything', () => {
    expect(read('')).toEqual({ kind: 'all' })
    expect(read(' \n')).toEqual({ kind: 'all' })
  })

  it('joins terms by and, which binds closer than OR', () => {
    expect(read('a b OR c AND d')).toEqual({
      kind: 'or',
      parts: [
        { kind: 'and', parts: [words('a'), words('b')] },
        { kind: 'and', parts: [words('c'), words('d')] },
      ],
    })
  })

  it('excludes one term, or all that stands in brackets', () => {
    expect(read('-source:web')).toEqual({ kind: 'not', part: text('source', 'web') })
    expect(read('NOT source:web')).toEqual({ kind: 'not', part: text('source', 'web') })
    expect(read('-(a OR b)')).toEqual({ kind: 'not', part: { kind: 'or', parts: [words('a'), words('b')] } })
  })

  it('takes a list as alternatives, and a comma in quotes as text', () => {
    expect(read('user:1,"2,3"')).toEqual({ kind: 'or', parts: [text('user', '1'), text('user', '2,3')] })
  })

  it('understands quotes, escapes and backslashes', () => {
    expect(read(String.raw`event:"say \"hi\" to C:\\temp \n"`)).toEqual(
      text('event', String.raw`say "hi" to C:\temp \n`),
    )
  })

  it('knows its keys in any case', () => {
    expect(read('Event:Paid')).toEqual(text('event', 'Paid'))
  })

  it('takes stars as wildcards only outside quotes', () => {
    expect(read('event:"Invoice "*')).toEqual({
      kind: 'text',
      key: 'event',
      test: { by: 'wildcard', parts: ['Invoice ', ''] },
    })
    expect(read('event:"5*"')).toEqual(text('event', '5*'))
  })

  it.each([
    ['properties.total:>100', { by: 'compare', operator: '>', value: 100 }],
    ['properties.total:<=-1.5e3', { by: 'compare', operator: '<=', value: -1500 }],
    ['properties.total:1..2.5', { by: 'range', low: 1, high: 2.5 }],
    ['properties.total:..3', { by: 'range', low: null, high: 3 }],
    ['properties.total:3..', { by: 'range', low: 3, high: null }],
    ['properties.total:100', { by: 'equals', values: ['100', 100] }],
    ['properties.total:007', { by: 'equals', values: ['007'] }],
    ['properties.total:true', { by: 'equals', values: ['true', true] }],
    ['properties.total:null', { by: 'equals', values: ['null', null] }],
    ['properties.total:"100"', { by: 'equals', values: ['100'] }],
    ['properties.total:../up', { by: 'equals', values: ['../up'] }],
    ['properties.total:https://a.b/c?d=e', { by: 'equals', values: ['https://a.b/c?d=e'] }],
  ])('compares JSON values: %s', (query, test) => {
    expect(read(query)).toEqual({ ...total, test })
  })

  it('goes along a path with quoted steps', () => {
    expect(read('has:context."device.name".x')).toEqual({
      kind: 'presence',
      present: true,
      of: { by: 'path', root: 'context', path: ['device.name', 'x'] },
    })
  })

  it('marks where each term stands', () => {
    expect(parseQuery('jane -type:track,page')).toMatchObject({
      query: {
        from: 0,
        to: 21,
        parts: [
          { from: 0, to: 4 },
          { from: 5, to: 21, part: { from: 6, to: 21 } },
        ],
      },
    })
  })

  it('understands every example of the help', () => {
    for (const { example } of keyWords) expect(parseQuery(example)).toMatchObject({ ok: true })
  })
})

describe('a mistake', () => {
  it.each([
    ['evnt:x', 0, 4, 'Did you mean event:?'],
    ['jane userId:1', 5, 11, 'Did you mean user:?'],
    ['propertes.x:1', 0, 11, 'paths begin with properties.'],
    ['properties:1', 0, 10, 'needs the path'],
    ['properties..x:1', 11, 11, 'step of the path'],
    ['properties.*:1', 11, 12, 'no wildcard'],
    ['http://x', 0, 4, 'in quotes'],
    ['"a":b', 3, 4, 'no key before this colon'],
    ['event:"Invoice', 6, 14, 'quote is never closed'],
    ['(a', 0, 1, 'never closed'],
    ['a)', 1, 2, 'never opened'],
    ['()', 0, 2, 'nothing in these brackets'],
    ['event:a(b)', 7, 8, 'put a space before'],
    ['a OR', 2, 4, 'must follow OR'],
    ['OR a', 0, 2, 'must come before OR'],
    ['a AND OR b', 2, 5, 'must follow AND'],
    ['(a OR )', 3, 5, 'must follow OR'],
    ['NOT', 0, 3, 'must follow NOT'],
    ['a -', 2, 3, 'must follow -'],
    ['- a', 0, 2, 'directly before'],
    ['--a', 0, 2, 'leave both away'],
    ['user:', 5, 5, 'must follow user:'],
    ['user: jane', 5, 5, 'must follow user:'],
    ['id:>', 4, 4, 'must follow'],
    ['user:a,', 7, 7, 'value of the list is missing'],
    ['since:5x', 6, 8, 'not a time'],
    ['since:2026-02-30', 6, 16, 'not a time'],
    ['since:1h,2h', 6, 11, 'one time'],
    ['since:>1h', 6, 9, 'can’t be compared'],
    ['type:trak', 5, 9, 'Did you mean type:track?'],
    ['type:nothing', 5, 12, 'track, identify, page'],
    ['has:propertis', 4, 13, 'Did you mean has:properties?'],
    ['missing:acount', 8, 14, 'Did you mean missing:account?'],
    ['id:abc', 3, 6, 'not a number'],
    ['id:1.5', 3, 6, 'whole number'],
    ['id:1..x', 3, 7, 'not a number'],
    ['id:5..1', 3, 7, 'write 1..5'],
    ['properties.x:>high', 14, 18, 'not a number'],
    ['*', 0, 1, 'letter or a digit'],
    ['in*oice', 2, 3, 'only at the end'],
  ])('in %s is shown from %i to %i: %s', (query, from, to, message) => {
    const parsed = parseQuery(query)
    expect(parsed).toMatchObject({ ok: false, error: { from, to } })
    if (!parsed.ok) expect(parsed.error.message).toContain(message)
  })

  it('is what a query is that is too long or too deep', () => {
    expect(parseQuery('a'.repeat(10_000))).toMatchObject({ ok: true })
    expect(parseQuery('a'.repeat(10_001))).toMatchObject({ ok: false, error: { from: 10_000, to: 10_001 } })
    expect(parseQuery(`${'('.repeat(100)}a${')'.repeat(100)}`)).toMatchObject({ ok: true })
    expect(parseQuery(`${'-('.repeat(101)}a${')'.repeat(101)}`)).toMatchObject({
      ok: false,
      error: { from: 201 },
    })
  })

  it.each(['-', '(', ')', '"', ':', '\\', 'NOT ', 'a:', 'a OR ', 'a"', 'a"x"', ',', 'a ', 'has:a,'])(
    'of ten thousand characters of %s is found at once',
    (piece) => {
      const query = piece.repeat(Math.floor(10_000 / piece.length))
      expect(() => parseQuery(query)).not.toThrow()
    },
  )
})

describe('any text', () => {
  const isReadOrPlaced = (query: string): void => {
    const parsed = parseQuery(query)
    if (parsed.ok) return
    const { message, from, to } = parsed.error
    expect(message).not.toBe('')
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeGreaterThanOrEqual(from)
    expect(to).toBeLessThanOrEqual(query.length)
  }

  it('is a query, or a mistake with a place within it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), isReadOrPlaced), { numRuns: 3000 })
    fc.assert(fc.property(querySoup, isReadOrPlaced), { numRuns: 10_000 })
  })
})
