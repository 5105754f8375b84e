import type { JsonObject } from '../../../shared/event.ts'
import type { Plan, PlannedEvent } from '../../../shared/plan/plan.ts'
import type { PropertyPath } from '../../../shared/plan/property-path.ts'
import { emptyRow, rowsOf, withRow } from '../../../shared/plan/property-table.ts'

/** The plan with the event in the place of the one of this name. */
export function withEvent(plan: Plan, name: string, event: PlannedEvent): Plan {
  return { ...plan, events: plan.events.map((one) => (one.name === name ? event : one)) }
}

/** The plan without the event; null where it was the last one. */
export function withoutEvent(plan: Plan, name: string): Plan | null {
  const events = plan.events.filter((event) => event.name !== name)
  return events.length === 0 ? null : { ...plan, events }
}

/** The plan, or a new one, with an event of which nothing is planned yet. */
export function withNewEvent(plan: Plan | null, name: string): Plan {
  const event: PlannedEvent = { name, description: '', schema: { type: 'object' } }
  return plan === null
    ? { name: 'Tracking plan', events: [event] }
    : { ...plan, events: [...plan.events, event] }
}

/** Whether an event may have this name: null, or why not. */
export function nameMistake(plan: Plan | null, name: string): string | null {
  if (name === '') return 'An event needs a name.'
  return plan?.events.some((event) => event.name === name) === true
    ? 'The plan has an event of that name.'
    : null
}

/** The schema with one more property inside of `parent`, under a key that is free. */
export function withNewProperty(
  schema: JsonObject,
  parent: PropertyPath,
): { schema: JsonObject; path: PropertyPath } {
  const taken = new Set(
    rowsOf(schema).flatMap(({ path }) => (path.length === parent.length + 1 ? [path.at(-1)] : [])),
  )
  let number = 1
  const key = (): string => (number === 1 ? 'new_property' : `new_property_${number}`)
  while (taken.has(key())) number += 1
  const path = [...parent, key()]
  return { schema: withRow(schema, { ...emptyRow(path), types: ['string'] }), path }
}

/** `small, large` as values of a property; numbers where it takes no text. Empty for any value. */
export function valuesIn(text: string, takesText: boolean): unknown[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.length === 0) return null
  return parts.map((part) => (takesText || Number.isNaN(Number(part)) ? part : Number(part)))
}

export function valuesText(values: readonly unknown[] | null): string {
  return (values ?? []).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')
}
