import type Database from 'better-sqlite3'
import type { CallType } from '../../../../shared/event.ts'
import { isJsonObject, normalise } from '../../../../shared/normalise.ts'
import type { PathQuery, PathRoot } from '../../../../shared/query/ast.ts'
import { pathIsPresent, pathMatches } from '../../../../shared/query/match.ts'

type Condition =
  | { kind: 'path'; root: PathRoot; path: string[]; test: PathQuery['test'] }
  | { kind: 'presence'; root: PathRoot; path: string[] }
  | { kind: 'object'; name: 'properties' | 'traits' | 'context' | 'integrations' }

const conditions = new Map<string, Condition>()

function conditionOf(json: string): Condition {
  let condition = conditions.get(json)
  if (condition === undefined) {
    if (conditions.size > 1000) conditions.clear()
    condition = JSON.parse(json) as Condition
    conditions.set(json, condition)
  }
  return condition
}

/** Gives a connection the function that judges conditions on the inside of a payload; `before` is called each time. */
export function registerPathMatching(database: Database.Database, before = (): void => {}): void {
  database.function(
    'trackside_matches',
    { deterministic: true },
    (payload: string | null, envelope: string | null, type: CallType | null, json: string) => {
      before()
      const call: unknown = payload === null ? null : JSON.parse(payload)
      if (!isJsonObject(call)) return 0
      const batch: unknown = envelope === null ? {} : JSON.parse(envelope)
      const normalised = normalise(call, {
        batch: isJsonObject(batch) ? batch : {},
        receivedAt: 0,
        pathType: type ?? undefined,
      })
      const condition = conditionOf(json)
      if (condition.kind === 'object') return normalised[condition.name] === null ? 0 : 1
      const root = normalised[condition.root]
      const holds =
        condition.kind === 'path'
          ? pathMatches(root, condition.path, condition.test)
          : pathIsPresent(root, condition.path)
      return holds ? 1 : 0
    },
  )
}
