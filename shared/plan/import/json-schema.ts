import { z } from 'zod'
import type { JsonObject } from '../../event.ts'
import { isJsonObject } from '../../normalise.ts'
import { bundleMark } from '../export/json-schema.ts'
import { joined, placed } from '../origin.ts'
import { dialectUrls } from '../plan.ts'
import type { PlannedEvent } from '../plan.ts'
import { PlanFault } from '../plan-fault.ts'
import type { DocumentPath } from '../plan-fault.ts'
import { readSchema } from '../schema.ts'
import type { ReadPlan } from './read-plan.ts'
import { shaped } from './shape.ts'

const bundle = z.looseObject({
  title: z.string().default('Tracking plan'),
  definitions: z.record(z.string(), z.unknown()),
})

/** Whether it is a plan that was exported here. */
export const isBundle = (value: unknown): boolean => isJsonObject(value) && value['$comment'] === bundleMark

/** Reads what `planAsJsonSchema` writes. */
export function readBundle(value: unknown): ReadPlan {
  const { title, definitions } = shaped(bundle, value)
  const events = Object.entries(definitions).map(([name, definition]) => {
    const path = ['definitions', name]
    const { description, ...schema } = readSchema(definition, path)
    return planned(name, description, schema, path)
  })
  return { plan: { name: title, events }, notes: [] }
}

const withTitle = z.looseObject({ title: z.string().min(1), description: z.string().optional() })
const definitions = z.record(z.string(), z.unknown())

/** One schema of one event, named by its title; or many of them as definitions, or as a list. */
export function readPlainSchema(value: unknown): ReadPlan {
  if (Array.isArray(value)) {
    const plans = value.map((schema, index) => oneEvent(schema, [index]))
    return { plan: { name: 'Tracking plan', events: plans }, notes: [] }
  }
  if (!isJsonObject(value))
    throw new PlanFault([], 'expected a JSON Schema, or a tracking plan of Segment, RudderStack or Trackside')
  const key = value['$defs'] === undefined ? 'definitions' : '$defs'
  const isOfOneEvent = value['properties'] !== undefined || value[key] === undefined
  if (isOfOneEvent) return { plan: { name: 'Tracking plan', events: [oneEvent(value, [])] }, notes: [] }
  const isNew = value['$schema'] === dialectUrls['2020-12']
  const events = Object.entries(shaped(definitions, value[key], [key])).map(([name, schema]) => {
    // Each of them stands for itself, but may refer to its neighbours.
    const path = [key, name]
    const dialect = isNew ? { $schema: dialectUrls['2020-12'] } : {}
    const neighbours = placed({ [key]: value[key] }, [])
    const whole = isJsonObject(schema) ? joined(path, dialect, schema, neighbours) : schema
    const { description, title, ...read } = readSchema(whole, path)
    return planned(typeof title === 'string' && title !== '' ? title : name, description, read, path)
  })
  const title = typeof value['title'] === 'string' ? value['title'] : 'Tracking plan'
  return { plan: { name: title, events }, notes: [] }
}

function oneEvent(value: unknown, path: DocumentPath): PlannedEvent {
  const { title, description } = shaped(withTitle, value, path)
  const { title: _title, description: _description, ...schema } = readSchema(withoutCall(value, path), path)
  return planned(title, description, schema, path)
}

function planned(name: string, description: unknown, schema: JsonObject, path: DocumentPath): PlannedEvent {
  const event = { name, description: typeof description === 'string' ? description : '', schema }
  return placed(event, path, [
    ['name', [...path, 'title']],
    ['schema', path],
  ])
}

/** A schema of the whole call has that of its metadata inside. */
function withoutCall(value: unknown, path: DocumentPath): unknown {
  if (!isJsonObject(value) || !isJsonObject(value['properties'])) return value
  const { event, properties } = value['properties']
  if (event === undefined || !isJsonObject(properties)) return value
  const metadata = placed({ ...properties, required: properties['required'] ?? [] }, [
    ...path,
    'properties',
    'properties',
  ])
  return joined(path, value, metadata)
}
