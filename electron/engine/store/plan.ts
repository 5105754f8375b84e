import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { Plan } from '../../../shared/plan/plan.ts'

export interface StoredPlan {
  plan: Plan
  /** Epoch milliseconds. */
  changedAt: number
}

/** The plan that a file holds, as it was when it could last be read. */
export interface FilePlan extends StoredPlan {
  file: string
}

const filePlanKey = 'file_plan'

/** The plan in force: that of a file, else the one that is kept here; null where there is none. Both were checked. */
export function readStoredPlan(database: Database.Database): StoredPlan | null {
  return readFilePlan(database) ?? readKeptPlan(database)
}

/** null where no file holds the plan. */
export function readFilePlan(database: Database.Database): FilePlan | null {
  const row = database
    .prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
    .get(filePlanKey)
  return row === undefined ? null : (JSON.parse(row.value) as FilePlan)
}

/** Puts the plan of a file into force, or that which is kept here; it is left alone meanwhile. */
export function writeFilePlan(database: Database.Database, filePlan: FilePlan | null): void {
  if (filePlan === null) database.prepare('DELETE FROM meta WHERE key = ?').run(filePlanKey)
  else {
    database
      .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
      .run(filePlanKey, JSON.stringify(filePlan))
  }
}

function readKeptPlan(database: Database.Database): StoredPlan | null {
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
