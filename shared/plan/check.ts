import { eventLimit, planLength } from './plan.ts'
import { pathOf, pathOfKey } from './origin.ts'
import type { Plan } from './plan.ts'
import { PlanFault, found } from './plan-fault.ts'
import { readSchema } from './schema.ts'

/**
 * The plan, once it holds: each name once, schemas that can be judged by, a size that can be lived with. Raises
 * PlanFault.
 */
export function checkPlan(plan: Plan): Plan {
  if (plan.events.length === 0) throw new PlanFault([], 'there is no event in it')
  if (plan.events.length > eventLimit) throw new PlanFault([], `a plan has ${eventLimit} events at most`)
  const names = new Set<string>()
  const events = plan.events.map((event, index) => {
    const path = pathOf(event, ['events', index])
    const namePath = pathOfKey(event, 'name', path)
    if (event.name === '') throw new PlanFault(namePath, 'expected the name of an event; found nothing')
    if (names.has(event.name)) throw new PlanFault(namePath, `the event ${found(event.name)} is there twice`)
    names.add(event.name)
    return { ...event, schema: readSchema(event.schema, pathOfKey(event, 'schema', path)) }
  })
  const checked = { name: plan.name, events }
  if (JSON.stringify(checked).length > planLength)
    throw new PlanFault([], `a plan has ${planLength / 1_000_000} million characters at most`)
  return checked
}
