import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { personalDataIn } from '../../../shared/personal-data/index.ts'

/** Secrets stand in pieces, so that scanners for leaked keys leave the file alone; all of them are made up. */
const labelled = z.array(
  z.object({
    key: z.string(),
    value: z.union([
      z.array(z.string()).transform((pieces) => pieces.join('')),
      z.string(),
      z.number(),
      z.boolean(),
    ]),
    kind: z.enum(['email', 'phone', 'card', 'token', 'key', 'secret', 'iban', 'ssn']).nullable(),
  }),
)

function measured(file: string) {
  const text = readFileSync(new URL(`../../fixtures/personal-data/${file}.json`, import.meta.url), 'utf8')
  const values = labelled.parse(JSON.parse(text))
  const judged = values.map((value) => ({
    ...value,
    found: personalDataIn(value.key, value.value).map(({ kind }) => kind),
  }))
  const personal = judged.filter(({ kind }) => kind !== null)
  const others = judged.filter(({ kind }) => kind === null)
  const missed = personal.filter(({ found }) => found.length === 0)
  const falseAlarms = others.filter(({ found }) => found.length > 0)
  const hits = personal.length - missed.length
  const kinds = [...new Set(personal.map(({ kind }) => kind))].map((kind) => {
    const expected = personal.filter((value) => value.kind === kind)
    const named = expected.filter(({ found }) => found.some((one) => one === kind))
    return { kind, values: expected.length, foundAsSuch: named.length }
  })
  return {
    values: values.length,
    recall: hits / personal.length,
    precision: hits / (hits + falseAlarms.length),
    kinds,
    missed: missed.map(({ key, value }) => `${key}: ${String(value)}`),
    falseAlarms: falseAlarms.map(({ key, value, found }) => `${key}: ${String(value)} → ${found.join()}`),
  }
}

describe.each([
  ['values that the search was tuned with', 'tuned'],
  ['values that were kept aside', 'kept-aside'],
])('%s', (title, file) => {
  it('are told apart well enough', () => {
    const { values, recall, precision, kinds, missed, falseAlarms } = measured(file)
    console.info(
      `${title}: ${values}, recall ${(recall * 100).toFixed(1)} %, precision ${(precision * 100).toFixed(1)} %`,
    )
    console.table(kinds)
    console.info({ missed, falseAlarms })
    expect(recall).toBeGreaterThanOrEqual(0.97)
    expect(precision).toBeGreaterThanOrEqual(0.99)
  })
})
