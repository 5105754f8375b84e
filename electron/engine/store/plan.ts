import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { Plan } from '../../../shared/plan/plan.ts'

export interface StoredPlan {
  plan: Plan
  /** Epoch milliseconds. */
  changedAt: number
}

/** The tracking plan; null where there is none. It was checked before it was written. */
export function readStoredPlan(database: Database.Database): StoredPlan | null {
  const row = database
    .prepare<[], { json: string; changed_at: number }>('SELECT json, changed_at FROM plan')
    .get()
  return row === undefined ? null : { plan: JSON.parse(row.json) as Plan, changedAt: row.changed_at }
}

/** Replaces the plan, or takes it away. */
export function writePlan(database: Database.Database, plan: Plan | null, now: number): void {
  if (plan === null) database.prepare('DELETE FROM plan').run()
  else {
    database
      .prepare(
        `INSERT INTO plan (id, json, changed_at) VALUES (1, ?, ?)
         ON CONFLICT DO UPDATE SET json = excluded.json, changed_at = excluded.changed_at`,
      )
      .run(JSON.stringify(plan), now)
  }
}

/** The same for two plans that judge alike: what they say to a reader alone does not count. Empty for no plan. */
export function judgementOf(plan: Plan | null): string {
  if (plan === null) return ''
  const judged = plan.events.map(({ name, schema }) => [name, schema])
  return createHash('sha256').update(JSON.stringify(judged)).digest('base64')
}
