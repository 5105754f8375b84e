import type Database from 'better-sqlite3'
import type { FailedRule } from '../../../shared/contract/lint.ts'

const key = 'failed_rules'
const longestMessage = 500

/** The rules that threw since analysis last began anew: one entry each, with the latest event at which they did. */
export class RuleFailures {
  readonly #statements: ReturnType<typeof prepare>
  #failed = new Map<string, FailedRule>()
  #isChanged = false

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  /** How often any rule has thrown. */
  get count(): number {
    return this.#failed.values().reduce((sum, { count }) => sum + count, 0)
  }

  add(rule: string, eventId: number, message: string): void {
    const count = (this.#failed.get(rule)?.count ?? 0) + 1
    // A rule that throws at every event is said once here; the counts are in the status.
    if (count === 1) console.error(`${rule} failed at event ${eventId}: ${message}`)
    this.#failed.set(rule, { rule, count, eventId, message: message.slice(0, longestMessage) })
    this.#isChanged = true
  }

  /** Into the transaction of the slice. */
  flush(): void {
    if (!this.#isChanged) return
    this.#statements.write.run(key, JSON.stringify([...this.#failed.values()]))
    this.#isChanged = false
  }

  /** Analysis begins anew: so does the count. */
  clear(): void {
    this.#statements.remove.run(key)
  }

  /** Back to what is committed. */
  forget(): void {
    this.#failed = new Map(failedRules(this.#statements.read).map((failed) => [failed.rule, failed]))
    this.#isChanged = false
  }
}

/** What is committed, for those who only read. */
export function readFailedRules(database: Database.Database): FailedRule[] {
  return failedRules(prepare(database).read)
}

function failedRules(read: Database.Statement<[string], { value: string }>): FailedRule[] {
  return JSON.parse(read.get(key)?.value ?? '[]') as FailedRule[]
}

function prepare(database: Database.Database) {
  return {
    read: database.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?'),
    write: database.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
    remove: database.prepare('DELETE FROM meta WHERE key = ?'),
  }
}
