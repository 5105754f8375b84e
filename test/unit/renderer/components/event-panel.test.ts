import { describe, expect, it } from 'vitest'
import { clockWords, later } from '../../../../renderer/components/event-panel/clock-words.ts'
import { tokensOfCode } from '../../../../renderer/components/event-panel/code-tokens.ts'
import { compare } from '../../../../renderer/components/event-panel/differences.ts'
import { indented } from '../../../../renderer/components/event-panel/json-text.ts'
import { stepsOf } from '../../../../renderer/lib/problem-path.ts'
import type { JsonObject, TracksideEvent } from '../../../../shared/event.ts'
import { leavesOf } from '../../../../shared/lint/metadata/value.ts'
import { hostileObject, hostileTexts } from '../code/hostile.ts'

describe('the place of a problem', () => {
  it('is found whatever its keys are', () => {
    const odd = { 'a.b': { '[0]': [{ 'say "hi"\\': 1 }] }, plain: 2, '': 3, "it's": 4 }
    for (const { path, value } of leavesOf(odd, 'properties')) {
      const [root, ...steps] = stepsOf(path) ?? []
      expect(root).toBe('properties')
      expect(
        steps.reduce<unknown>((place, step) => (place as JsonObject)[step], odd),
        path,
      ).toBe(value)
    }
  })

  it('is none where the text is no path', () => {
    expect(stepsOf('properties[oops')).toBeNull()
  })
})

describe('indented JSON', () => {
  it('changes nothing but white space', () => {
    const sent =
      '{"id":12345678901234567890,"id" : 1.50,"e":[ ],"o":{},"t":"a\\u0041 {\\"x\\": [1, 2]}","l":[1,{"a":null}]}'
    expect(indented(sent)).toBe(`{
  "id": 12345678901234567890,
  "id": 1.50,
  "e": [],
  "o": {},
  "t": "a\\u0041 {\\"x\\": [1, 2]}",
  "l": [
    1,
    {
      "a": null
    }
  ]
}`)
  })

  it('reads like what JSON.stringify writes, for any text in it', () => {
    expect(indented(JSON.stringify(hostileObject))).toBe(JSON.stringify(hostileObject, null, 2))
  })

  it.each(['', '{', '"open', '{"a":', ']}', '{broken', '\\'])('loses no character of %j', (text) => {
    expect(indented(text).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  })
})

describe('coloured code', () => {
  it('is the same text', () => {
    for (const text of [...hostileTexts, JSON.stringify(hostileObject, null, 2)]) {
      expect(
        tokensOfCode(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text)
    }
  })

  it('tells keys from values', () => {
    const kinds = tokensOfCode('{"a": "b", \'c\' => 1.5e3, d: true}').filter(({ kind }) => kind !== 'plain')
    expect(kinds.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'key "a"',
      'string "b"',
      "key 'c'",
      'number 1.5e3',
      'word true',
    ])
  })
})

describe('the clock of the device', () => {
  const receivedAt = '2026-02-03T04:05:06.000Z'

  it.each([
    ['2026-02-03T04:05:05.900Z', 'clock ok'],
    ['2026-02-03T04:05:06.500Z', 'clock ok'],
    ['2026-02-03T04:08:06.000Z', 'device clock 3 min ahead'],
    ['2026-02-03T04:04:00.000Z', 'clock 1 min behind, or sent late'],
  ])('sent at %s: %s', (sentAt, words) => {
    expect(clockWords({ sentAt, receivedAt })).toBe(words)
  })

  it('is not judged when the SDK does not say when it sent', () => {
    expect(clockWords({ sentAt: null, receivedAt })).toBeNull()
  })

  it('tells which of two times is later', () => {
    expect(later(receivedAt, '2026-02-03T04:05:06.121Z')).toBe('+121 ms')
    expect(later(receivedAt, '2026-02-03T04:05:05.000Z')).toBe('−1 s')
    expect(later(receivedAt, receivedAt)).toBe('at once')
  })
})

describe('a comparison', () => {
  const event = (properties: JsonObject, context: JsonObject = {}): TracksideEvent =>
    ({ properties, traits: null, context }) as TracksideEvent

  it('says what came, what went and what is another now', () => {
    const { changes, equal } = compare(
      event({ total: 2, 'gift card': true, list: [1, 2], same: { deep: 'x' } }),
      event({ total: '2', coupon: 'SPRING', list: [1], same: { deep: 'x' } }, { ip: '::1' }),
    )
    expect(changes).toEqual(
      expect.arrayContaining([
        { kind: 'changed', path: 'properties.total', before: '2', value: 2 },
        { kind: 'added', path: 'properties["gift card"]', value: true },
        { kind: 'removed', path: 'properties.coupon', before: 'SPRING' },
        { kind: 'added', path: 'properties.list[1]', value: 2 },
        { kind: 'removed', path: 'context.ip', before: '::1' },
      ]),
    )
    expect(changes).toHaveLength(5)
    expect(equal).toEqual([
      { path: 'properties.list[0]', value: 1 },
      { path: 'properties.same.deep', value: 'x' },
    ])
  })
})
