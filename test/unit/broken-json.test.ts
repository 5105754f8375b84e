import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBrokenJson } from '../../shared/broken-json.ts'

const call =
  '{"writeKey":"web","type":"track","event":"Invoice Sent","properties":{"total":12.5,"lines":[1,2]}}'

describe('a text that is no JSON', () => {
  it('shows what stood before the place where it was cut', () => {
    const cut = call.slice(0, call.indexOf(',2]'))
    expect(readBrokenJson(cut)).toEqual({
      at: cut.length,
      reason: 'the text ends here, in the middle',
      read: {
        writeKey: 'web',
        type: 'track',
        event: 'Invoice Sent',
        properties: { total: 12.5, lines: [1] },
      },
    })
  })

  it.each([
    ['{"a":1 "b":2}', 7, 'a comma or } is missing', { a: 1 }],
    ['{"a":[1 2]}', 8, 'a comma or ] is missing', { a: [1] }],
    ["{'a':1}", 1, 'a key in double quotes is missing', {}],
    ['{"a":1,}', 7, 'a key in double quotes is missing', { a: 1 }],
    ['{"a" 1}', 5, 'a colon is missing after the key', {}],
    ['{"a":undefined}', 5, 'a value is missing', {}],
    ['{"a":01}', 6, 'a comma or } is missing', { a: 0 }],
    ['{"a":"x\ny"}', 7, 'a line break or control character stands inside a text', {}],
    ['{"a":"\\x"}', 6, 'there is no such escape', {}],
    ['{"a":1} {"b":2}', 8, 'something follows after the end of the JSON', { a: 1 }],
    ['{"a":tr', 7, 'the text ends here, in the middle', {}],
    ['{"a":"\\u12', 10, 'the text ends here, in the middle', {}],
    ['', 0, 'the text ends here, in the middle', undefined],
    ['userId=42', 0, 'a value is missing', undefined],
  ])('%j is told where and why it breaks', (text, at, reason, read) => {
    expect(readBrokenJson(text)).toEqual({ at, reason, read })
  })

  it('may be nested so deep that a stack would not hold it', () => {
    expect(readBrokenJson('['.repeat(60_000))?.reason).toBe('it is nested more than 500 levels deep')
  })

  it('keeps a key named __proto__ as the key that it is', () => {
    expect(JSON.stringify(readBrokenJson('{"__proto__":{"a":1},')?.read)).toBe('{"__proto__":{"a":1}}')
  })
})

it('breaks exactly where JSON.parse would refuse, whatever was sent', () => {
  const damaged = fc
    .tuple(fc.json({ maxDepth: 4 }), fc.nat(200), fc.nat(3), fc.string({ maxLength: 2 }))
    .map(([text, at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone))
  fc.assert(
    fc.property(fc.oneof(fc.json({ maxDepth: 4 }), damaged), (text) => {
      const isJson = ((): boolean => {
        try {
          JSON.parse(text)
          return true
        } catch {
          return false
        }
      })()
      expect(readBrokenJson(text) === null).toBe(isJson)
    }),
    { numRuns: 1_000 },
  )
})
