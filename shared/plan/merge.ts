import type { Plan } from './plan.ts'

/** The first plan with the events of the second: new ones at its end, known ones in the place of the old. */
export function mergedPlan(before: Plan, added: Plan): Plan {
  const events = new Map(before.events.map((event) => [event.name, event]))
  for (const event of added.events) events.set(event.name, event)
  return { name: before.name, events: [...events.values()] }
}
