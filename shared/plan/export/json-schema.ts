import type { Plan } from '../plan.ts'
import { dialectOf, dialectUrls } from '../plan.ts'

/** By this a plan that was exported here is known again. */
export const bundleMark =
  'A tracking plan: below definitions, the JSON Schema of the properties of each event by its name.'

/** One JSON document with a schema for each event, which any validator can use. */
export function planAsJsonSchema(plan: Plan): string {
  const definitions = plan.events.map(({ name, description, schema }) => [
    name,
    { $schema: dialectUrls[dialectOf(schema)], ...(description === '' ? {} : { description }), ...schema },
  ])
  const document = {
    $schema: dialectUrls['draft-07'],
    $comment: bundleMark,
    title: plan.name,
    definitions: Object.fromEntries(definitions),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
