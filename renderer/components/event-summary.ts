import type { TracksideEvent } from '../../shared/event.ts'
import { inline } from '../lib/format.ts'

/** What an event is called in a list; empty where only its type says what it is. */
export function titleOf(event: TracksideEvent): string {
  if (!event.accepted) return 'Rejected call'
  if (event.type === 'track') return event.event ?? 'Track call without a name'
  return event.name ?? ''
}

const longestValue = 40

/** The first few values of what it carries, for the rest of its line. */
export function summaryOf(event: TracksideEvent): string {
  if (event.rejection !== null) return event.rejection.message
  switch (event.type) {
    case 'alias':
      return `${event.previousId ?? '?'} → ${event.userId ?? '?'}`
    case 'identify':
    case 'group':
      return valuesOf(event.traits)
    case 'page':
    case 'screen':
      return valuesOf(event.properties, ['path', 'url', 'title'])
    case 'track':
    case null:
      return valuesOf(event.properties)
  }
}

function valuesOf(values: Record<string, unknown> | null, preferred?: readonly string[]): string {
  if (values === null) return ''
  const keys = preferred?.filter((key) => key in values) ?? []
  return (keys.length > 0 ? keys.slice(0, 1) : Object.keys(values).slice(0, 3))
    .map((key) => {
      const value = inline(values[key])
      const short = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
      return keys.length > 0 ? short : `${key}: ${short}`
    })
    .join(' · ')
}
