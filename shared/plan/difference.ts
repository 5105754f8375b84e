import type { JsonObject } from '../event.ts'
import type { Plan, PlannedEvent } from './plan.ts'
import { printPath } from './property-path.ts'
import { rowsOf } from './property-table.ts'
import type { PropertyRow } from './property-table.ts'

/** What becomes of a property: `what` names the columns that change, in words. */
export interface PropertyChange {
  path: string
  kind: 'added' | 'removed' | 'changed'
  what: string[]
}

export interface EventChange {
  name: string
  kind: 'added' | 'removed' | 'changed'
  hasNewDescription: boolean
  properties: PropertyChange[]
}

/** What is different after the change, event by event, in the order of the plan after it. */
export function differenceOf(before: Plan | null, after: Plan): EventChange[] {
  const known = new Map(before?.events.map((event) => [event.name, event]))
  const changes = after.events.flatMap((event): EventChange[] => {
    const old = known.get(event.name)
    known.delete(event.name)
    if (old === undefined)
      return [
        {
          name: event.name,
          kind: 'added',
          hasNewDescription: false,
          properties: propertyChanges(null, event),
        },
      ]
    const properties = propertyChanges(old, event)
    const hasNewDescription = old.description !== event.description
    return properties.length === 0 && !hasNewDescription
      ? []
      : [{ name: event.name, kind: 'changed', hasNewDescription, properties }]
  })
  const removed = [...known.keys()].map((name): EventChange => ({
    name,
    kind: 'removed',
    hasNewDescription: false,
    properties: [],
  }))
  return [...changes, ...removed]
}

function propertyChanges(before: PlannedEvent | null, after: PlannedEvent): PropertyChange[] {
  const known = new Map(before === null ? [] : rowsOf(before.schema).map((row) => [printPath(row.path), row]))
  const changes = rowsOf(after.schema).flatMap((row): PropertyChange[] => {
    const path = printPath(row.path)
    const old = known.get(path)
    known.delete(path)
    if (old === undefined) return path === '' ? [] : [{ path, kind: 'added', what: [] }]
    const what = changedColumns(old, row)
    return what.length === 0 ? [] : [{ path, kind: 'changed', what }]
  })
  return [
    ...changes,
    ...[...known.keys()].map((path): PropertyChange => ({ path, kind: 'removed', what: [] })),
  ]
}

function changedColumns(before: PropertyRow, after: PropertyRow): string[] {
  const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)
  return [
    ...(same(before.types.toSorted(), after.types.toSorted()) ? [] : ['type']),
    ...(before.isRequired === after.isRequired
      ? []
      : [after.isRequired ? 'now required' : 'no longer required']),
    ...(same(before.values, after.values) ? [] : ['values']),
    ...(before.format === after.format ? [] : ['format']),
    ...(before.description === after.description ? [] : ['description']),
    ...(same(before.more, after.more) ? [] : ['other rules']),
  ]
}

/** JSON that is the same for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
