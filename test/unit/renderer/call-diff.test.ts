import { describe, expect, it } from 'vitest'
import { diffLines, foldedParts } from '../../../renderer/views/replay/call-diff.ts'
import { shortIdQuery } from '../../../renderer/views/replay/event-ids.ts'

const signs = { same: ' ', added: '+', removed: '-' }

function shown(before: unknown, after: unknown): string[] {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return diffLines(text(before), text(after)).map(
    ({ change, depth, key, text: value }) => `${signs[change]}${' '.repeat(depth)}${key}${value}`,
  )
}

describe('the difference between a call before and after', () => {
  it('is what changed, appeared and went, each in its place', () => {
    expect(
      shown(
        { type: 'track', sentAt: 'a', properties: { total: 1, email: 'x' }, writeKey: 'web' },
        { type: 'track', properties: { total: 1, email: '***' }, sentAt: 'b', timestamp: 'c' },
      ),
    ).toEqual([
      ' {',
      '  "type": "track"',
      '- "sentAt": "a"',
      '+ "sentAt": "b"',
      '  "properties": {',
      '   "total": 1',
      '-  "email": "x"',
      '+  "email": "***"',
      '  }',
      '- "writeKey": "web"',
      '+ "timestamp": "c"',
      ' }',
    ])
  })

  it('shows added and removed trees in full, lists by their places, and what becomes of another kind', () => {
    expect(shown({ a: [1, 2, 3], b: {}, c: 1 }, { a: [1, 9], b: [], c: { d: [], e: { f: null } } })).toEqual([
      ' {',
      '  "a": [',
      '   1',
      '-  2',
      '+  9',
      '-  3',
      '  ]',
      '- "b": {}',
      '+ "b": []',
      '- "c": 1',
      '+ "c": {',
      '+  "d": []',
      '+  "e": {',
      '+   "f": null',
      '+  }',
      '+ }',
      ' }',
    ])
  })

  it('shows numbers and texts as they were written, and keys that are names of the language', () => {
    const before = '{"n":12345678901234567890,"t":"\\u00e9","constructor":1,"text":{"text":"x"}}'
    const after = '{"n":12345678901234567891,"t":"\\u00e9","text":{"text":"x"}}'
    expect(shown(before, after)).toEqual([
      ' {',
      '- "n": 12345678901234567890',
      '+ "n": 12345678901234567891',
      '  "t": "\\u00e9"',
      '- "constructor": 1',
      '  "text": {',
      '   "text": "x"',
      '  }',
      ' }',
    ])
  })

  it('folds what stays the same, but for two lines around each change', () => {
    const before = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`k${index}`, index]))
    const parts = foldedParts(diffLines(JSON.stringify(before), JSON.stringify({ ...before, k6: 60 })))
    expect(parts.map(({ isFolded, lines }) => [isFolded, lines.length])).toEqual([
      [true, 5],
      [false, 6],
      [true, 4],
    ])
  })
})

describe('a query for single events', () => {
  it('writes neighbours as ranges, and gives up where it would get too long', () => {
    expect(shortIdQuery([3, 4, 5, 9, 11, 12])).toBe('id:3..5,9,11,12')
    expect(shortIdQuery([])).toBeNull()
    expect(shortIdQuery([1, 3, 5], 2)).toBeNull()
  })
})
