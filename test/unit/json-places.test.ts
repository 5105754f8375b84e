import { describe, expect, it } from 'vitest'
import { indexAlong, lineAndColumn } from '../../shared/json-places.ts'

const text = `{
  "a": { "b": 1, "undefined": 2 },
  "c": [{ "b": 3 }, { "b": 4 }],
  "a": { "d": "}\\"", "b": 5 },
  "e": { "b": 6 }
}`

describe('the place of a value in JSON', () => {
  it.each<[string, (string | number)[], string]>([
    ['the whole', [], '{'],
    ['a value', ['e', 'b'], '6 }'],
    ['an element', ['c', 1, 'b'], '4 }],'],
    ['an element by its number as a text', ['c', '0'], '{ "b": 3 }, { "b": 4 }],'],
    ['the last value of a key that is there twice', ['a', 'b'], '5 },'],
    ['what is around a value that is missing', ['e', 'x', 'b'], '{ "b": 6 }'],
    ['what is around an element that is missing', ['c', 2, 'b'], '[{ "b": 3 }, { "b": 4 }],'],
    ['what is around a value that only an earlier key has', ['a', 'undefined'], '{ "d": "}\\"", "b": 5 },'],
    ['a value, not what is inside it', ['a'], '{ "d": "}\\"", "b": 5 },'],
  ])('is found of %s', (_what, path, expected) => {
    const { line, column } = lineAndColumn(text, indexAlong(text, path))
    expect(text.split('\n')[line - 1]?.slice(column - 1)).toBe(expected)
  })
})
