import type { LookAlikeLeftOut } from '../../../shared/contract/plan.ts'
import type { EventChange, PropertyChange } from '../../../shared/plan/difference.ts'
import { counted } from '../../lib/format.ts'
import { shownName } from '../../lib/name-text.ts'

/** A name, and what becomes of it in a plan. */
export interface NameLine {
  name: string
  kind: EventChange['kind'] | 'left out'
  lines: string[]
}

export const signs: Readonly<Record<NameLine['kind'], string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  'left out': '–',
}

/** Properties of an event that are named one by one: more would not be read. */
const shownProperties = 12

/** "Adds 2 events, changes 1 event." */
export const whatWillChange = (changes: readonly EventChange[]): string =>
  sentence(changes, 'Nothing changes.', (events, kind) => `${verbs[kind]} ${events}`)

/** "2 events added, 1 event changed." */
export const whatHasChanged = (changes: readonly EventChange[]): string =>
  sentence(changes, 'Nothing has changed.', (events, kind) => `${events} ${kind}`)

const verbs = { added: 'adds', changed: 'changes', removed: 'removes' } as const

function sentence(
  changes: readonly EventChange[],
  nothing: string,
  words: (events: string, kind: EventChange['kind']) => string,
): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const events = changes.filter((change) => change.kind === kind).length
    return events === 0 ? [] : [words(counted(events, 'event'), kind)]
  })
  const text = parts.join(', ')
  return text === '' ? nothing : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** New events bring all of their properties; only changes are worth naming one by one. */
export function changeLine(change: EventChange): NameLine {
  const { name, kind, properties, hasNewDescription } = change
  if (kind === 'removed') return { name, kind, lines: [] }
  if (kind === 'added') return { name, kind, lines: [counted(properties.length, 'property', 'properties')] }
  const lines = [...(hasNewDescription ? ['description'] : []), ...properties.map(propertyWords)]
  const more = lines.length - shownProperties
  return { name, kind, lines: more > 0 ? [...lines.slice(0, shownProperties), `and ${more} more`] : lines }
}

function propertyWords({ path, kind, what }: PropertyChange): string {
  const name = path === '' ? 'the event itself' : shownName(path)
  return kind === 'changed' ? `${name}: ${what.join(', ')}` : `${signs[kind]} ${name}`
}

const reasons: Readonly<Record<LookAlikeLeftOut['reason'], string>> = {
  planned: 'which is planned',
  'more-events': 'which has more events',
  'better-name': 'in which the rules find nothing wrong',
  earlier: 'which came first',
}

/** Names of which no event is drawn up, and why: first those that somebody may miss. */
export function leftOutLines(names: readonly string[], lookAlikes: readonly LookAlikeLeftOut[]): NameLine[] {
  return [
    ...lookAlikes.map(({ name, events, taken, reason }): NameLine => ({
      name,
      kind: 'left out',
      lines: [`${counted(events, 'event')}; looks like “${shownName(taken)}”, ${reasons[reason]}`],
    })),
    ...names.map((name): NameLine => ({ name, kind: 'left out', lines: ['The rules find an error in it'] })),
  ]
}
