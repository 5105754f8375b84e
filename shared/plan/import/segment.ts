import { z } from 'zod'
import { isJsonObject } from '../../normalise.ts'
import { joined, placed } from '../origin.ts'
import type { PlannedEvent } from '../plan.ts'
import { dialectUrls } from '../plan.ts'
import { PlanFault } from '../plan-fault.ts'
import type { DocumentPath } from '../plan-fault.ts'
import { readSchema } from '../schema.ts'
import type { ReadPlan } from './read-plan.ts'
import { shaped } from './shape.ts'

// The Public API answers with rules, each with a key, a type and a schema; the Config API before it, and Typewriter,
// have events. In both the schema is that of the whole call.

const rule = z.looseObject({
  key: z.string().nullish(),
  type: z.string(),
  version: z.number().default(1),
  jsonSchema: z.unknown(),
})
const event = z.looseObject({
  name: z.string(),
  description: z.string().nullish(),
  version: z.number().default(1),
  rules: z.unknown(),
})
const names = z.looseObject({ name: z.string().optional(), display_name: z.string().optional() })

interface VersionedEvent {
  version: number
  event: PlannedEvent
}

/** Whether it is a plan of Segment Protocols. */
export function isSegmentPlan(value: unknown): boolean {
  return rulesIn(value) !== null
}

export function readSegmentPlan(value: unknown): ReadPlan {
  const place = rulesIn(value)
  if (place === null) throw new PlanFault([], 'expected the rules of a Segment tracking plan')
  const { path, list, kind } = place
  const notes = new Set<string>()
  const events = list.flatMap((one, index) => {
    const at = [...path, index]
    if (kind === 'events') {
      const { name, description, version, rules } = shaped(event, one, at)
      return [{ version, event: eventOf(name, description ?? '', rules ?? {}, [...at, 'rules'], notes) }]
    }
    const { key, type, version, jsonSchema } = shaped(rule, one, at)
    if (type.toUpperCase() !== 'TRACK') {
      notes.add(`The rules for ${type.toLowerCase()} calls are left out: a plan here is about track calls.`)
      return []
    }
    if (key == null) throw new PlanFault([...at, 'key'], 'expected the name of the event; found nothing')
    return [{ version, event: eventOf(key, '', jsonSchema ?? {}, [...at, 'jsonSchema'], notes) }]
  })
  const latest = new Map<string, VersionedEvent>()
  for (const one of events) {
    const known = latest.get(one.event.name)
    if (known !== undefined) notes.add('Of an event with several versions the latest is taken.')
    if (known === undefined || one.version >= known.version) latest.set(one.event.name, one)
  }
  return {
    plan: {
      name: nameOf(value),
      events: [...latest.values()].map(({ event }) => event),
    },
    notes: [...notes],
  }
}

interface Rules {
  path: DocumentPath
  list: unknown[]
  kind: 'rules' | 'events'
}

function rulesIn(value: unknown): Rules | null {
  const candidates: [DocumentPath, unknown][] = [[[], value]]
  if (isJsonObject(value)) {
    const { data, rules, trackingPlan } = value
    candidates.push([['rules'], rules], [['data'], data])
    if (isJsonObject(data)) {
      candidates.push([['data', 'rules'], data['rules']])
      if (isJsonObject(data['trackingPlan']))
        candidates.push([['data', 'trackingPlan', 'rules'], data['trackingPlan']['rules']])
    }
    if (isJsonObject(trackingPlan)) candidates.push([['trackingPlan', 'rules'], trackingPlan['rules']])
    if (isJsonObject(rules) && Array.isArray(rules['events']))
      return { path: ['rules', 'events'], list: rules['events'], kind: 'events' }
  }
  for (const [path, list] of candidates) {
    if (Array.isArray(list) && list.some((one) => isJsonObject(one) && 'jsonSchema' in one))
      return { path, list, kind: 'rules' }
  }
  return null
}

function nameOf(value: unknown): string {
  const candidates = isJsonObject(value)
    ? [value, value['trackingPlan'], isJsonObject(value['data']) ? value['data']['trackingPlan'] : undefined]
    : []
  for (const candidate of candidates) {
    const { data } = names.safeParse(candidate)
    const name = data?.display_name ?? data?.name
    if (name !== undefined) return name
  }
  return 'Segment tracking plan'
}

function eventOf(
  name: string,
  description: string,
  call: unknown,
  path: DocumentPath,
  notes: Set<string>,
): PlannedEvent {
  if (!isJsonObject(call)) throw new PlanFault(path, 'expected the JSON Schema of the call: an object')
  const parts = isJsonObject(call['properties']) ? call['properties'] : {}
  for (const part of ['context', 'traits']) {
    const schema = parts[part]
    if (isJsonObject(schema) && schema['properties'] !== undefined)
      notes.add(`What an event says about \`${part}\` is left out: a plan here is about metadata.`)
  }
  const about = typeof call['description'] === 'string' ? call['description'] : ''
  const isNew = call['$schema'] === dialectUrls['2020-12']
  // References are meant from the root of the call.
  const { definitions, $defs } = call
  const root = {
    ...(definitions === undefined ? {} : { definitions }),
    ...($defs === undefined ? {} : { $defs }),
  }
  const own = parts['properties'] ?? {}
  const at = [...path, 'properties', 'properties']
  const dialect = isNew ? { $schema: dialectUrls['2020-12'] } : {}
  const whole = isJsonObject(own) ? joined(at, dialect, own, placed(root, path)) : own
  const { description: _description, ...schema } = readSchema(whole, at)
  return placed({ name, description: description || about, schema }, path.slice(0, -1), [['schema', at]])
}
