import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { completionContext, keyWord, keyWords, printPath, quoteValue } from '../../../shared/query/index.ts'
import type { KeyWord } from '../../../shared/query/index.ts'
import { engine } from '../../lib/engine.ts'

/** What the list shows beside a completion: a whole term that a person could write. */
export interface QueryCompletion extends Completion {
  example?: string
}

const mostNames = 6
const shortestWord = 2

/** Completes keys with what they mean, and values with what has been captured. */
export async function completeQuery(context: CompletionContext): Promise<CompletionResult | null> {
  const wanted = completionContext(context.state.doc.toString(), context.pos)
  if (wanted === null) return null
  if (wanted.kind === 'key' && wanted.prefix === '' && !context.explicit) return null
  const options =
    wanted.kind === 'key' ? await keyOptions(wanted.prefix) : await valueOptions(wanted.key, wanted.prefix)
  // The engine and the functions below have already chosen what fits, the likeliest first.
  return options.length === 0 ? null : { from: wanted.from, options, filter: false }
}

const written = ({ kind, key }: KeyWord): string => (kind === 'path' ? `${key}.` : `${key}:`)

async function keyOptions(prefix: string): Promise<QueryCompletion[]> {
  const word = prefix.toLowerCase()
  if (word.startsWith('properties.')) return propertyOptions(word.slice('properties.'.length))
  const beginning = keyWords.filter(({ key }) => key.startsWith(word))
  const containing = keyWords.filter(({ key }) => !key.startsWith(word) && key.includes(word))
  const keys = [...beginning, ...containing].map((known): QueryCompletion => ({
    label: written(known),
    detail: known.about,
    example: known.example,
    type: 'keyword',
  }))
  return word.length < shortestWord ? keys : [...keys, ...(await nameOptions(prefix))]
}

/** A bare word is often the beginning of a name. */
async function nameOptions(prefix: string): Promise<QueryCompletion[]> {
  const names = await captured('event', prefix)
  return names.slice(0, mostNames).map(({ value, detail }) => ({
    label: value,
    apply: `event:${quoteValue(value)} `,
    detail: eventsOf(detail),
    type: 'text',
  }))
}

async function propertyOptions(prefix: string): Promise<QueryCompletion[]> {
  const properties = await captured('properties', prefix)
  const paths = new Map(
    properties.map(({ value, detail }) => {
      const path = value.replaceAll('[]', '').split('.')
      return [printPath({ root: 'properties', path }), detail]
    }),
  )
  return [...paths].map(([path, detail]) => ({
    label: `${path}:`,
    type: 'property',
    ...(detail === null ? {} : { detail }),
  }))
}

async function valueOptions(key: string, prefix: string): Promise<QueryCompletion[]> {
  const known = keyWord(key)
  if (known !== undefined && 'values' in known) {
    const fitting = known.values.filter((value) => value.toLowerCase().includes(prefix.toLowerCase()))
    // Written in full there is nothing left to complete.
    if (fitting.length === 1 && fitting[0] === prefix) return []
    return fitting.map((value) => ({ label: value, apply: `${value} `, type: 'enum' }))
  }
  const values = await captured(key, prefix)
  return values
    .filter(({ value }) => value !== prefix || values.length > 1)
    .map(({ value, detail }) => ({
      label: value,
      apply: `${quoteValue(value)} `,
      type: 'text',
      ...(detail === null ? {} : { detail: /^[\d,]+$/.test(detail) ? eventsOf(detail) : detail }),
    }))
}

const eventsOf = (count: string | null): string => (count === '1' ? '1 event' : `${count ?? '0'} events`)

/** What analysis has kept of the values of a key; nothing while the engine does not answer. */
async function captured(key: string, prefix: string): Promise<{ value: string; detail: string | null }[]> {
  try {
    return (await engine.client.events.completions({ key, prefix })).values
  } catch {
    return []
  }
}
