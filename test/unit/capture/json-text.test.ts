import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDeeperThan, outline } from '../../../electron/engine/capture/json-text.ts'

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((inner) => depthOf(inner)))
    : 0

const space = fc.constantFrom('', '', '', ' ', '\n', '\t \r\n')
const key = fc.oneof(fc.string(), fc.constantFrom('batch', 'type', 'a"batch', '\\', '[', 'ü'))
const escaped = (text: string): string =>
  `"${[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`

/** A value as text, with spaces wherever JSON lets them be. */
function written(value: unknown, spaces: () => string): string {
  const inner = (parts: string[]): string => parts.map((part) => spaces() + part + spaces()).join(',')
  if (Array.isArray(value)) return `[${inner(value.map((element) => written(element, spaces)))}${spaces()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(
    ([name, field]) =>
      (name === 'batch' && spaces() !== '' ? escaped(name) : JSON.stringify(name)) +
      spaces() +
      `:${spaces()}${written(field, spaces)}`,
  )
  return `{${inner(fields)}${spaces()}}`
}

const json = fc.jsonValue({ maxDepth: 4 })
const body = fc
  .tuple(fc.dictionary(key, json), fc.oneof(fc.array(json), json), fc.dictionary(key, json))
  .map(([before, batch, after]) => ({ ...before, batch, ...after }))

describe('the outline of a JSON text', () => {
  it('has the depth, and the places of what is in the array `batch`', () => {
    fc.assert(
      fc.property(body, fc.infiniteStream(space), (value, stream) => {
        const text = written(value, () => stream.next().value)
        const parsed = JSON.parse(text) as { batch: unknown }
        const { depth, batch } = outline(text)
        expect(depth).toBe(depthOf(parsed))
        if (!Array.isArray(parsed.batch)) {
          expect(batch).toBeNull()
          return
        }
        const parts = parsed.batch.map((_, index) => text.slice(batch?.[2 * index], batch?.[2 * index + 1]))
        expect(batch).toHaveLength(2 * parsed.batch.length)
        expect(parts.map((part) => part.trim())).toEqual(parts)
        expect(parts.map((part) => JSON.parse(part) as unknown)).toEqual(parsed.batch)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['{"batch":[1],"batch":2}', null],
    ['{"batch":2,"batch":[1]}', ['1']],
    ['{"batch":[1],"batch":[ 2 , 3 ]}', ['2', '3']],
    ['{"type":"batch","list":[1]}', null],
    ['{"in":{"batch":[1]}}', null],
    ['{"batch":[]}', []],
    ['["batch",[1]]', null],
    ['{"batch":[[1,[2]],{"batch":[3]}]}', ['[1,[2]]', '{"batch":[3]}']],
  ])('of %s has the parts %j', (text, parts) => {
    const { batch } = outline(text)
    const found = batch?.flatMap((start, index) =>
      index % 2 === 0 ? [text.slice(start, batch[index + 1])] : [],
    )
    expect(found ?? null).toEqual(parts)
  })

  it('comes to an end for any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', ' ', 'batch', '"batch"', '1')),
        (parts) => {
          expect(outline(parts.join('')).depth).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})

describe('a JSON text that is too deep', () => {
  it('is told from any that is not', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(6), (text, limit) => {
        expect(isDeeperThan(limit, text)).toBe(depthOf(JSON.parse(text)) > limit)
      }),
    )
  })

  it('is not one that has many brackets beside each other, or in its strings', () => {
    expect(isDeeperThan(2, JSON.stringify(Array(10).fill({ a: '[{[{' })))).toBe(false)
    expect(isDeeperThan(2, '[[{"a":"]}"}]]')).toBe(true)
  })
})
