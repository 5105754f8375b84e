import type Database from 'better-sqlite3'
import type { LookAlike } from '../../../../shared/contract/catalog.ts'
import type { Problem } from '../../../../shared/event.ts'
import { NameIndex, survivorOf } from '../../../../shared/lint/index.ts'
import type { Candidate } from '../../../../shared/lint/index.ts'

/** A name and all that look like it. */
export interface LookAlikes {
  /** The others, the most frequent first. */
  others: LookAlike[]
  survivor: string | null
}

interface NameInUse {
  name: string
  events: number
}

/** Which names in use look like one another, as analysis has found it when each of them first came. */
export class LookAlikeQueries {
  readonly #statements: ReturnType<typeof prepare>
  readonly #judge: (name: string) => Problem[]
  /** Only for names that are not in use: what they would look like. */
  readonly #index = new NameIndex()
  #indexedUpTo = 0

  /** `judge` says what the rules find in a name alone, whatever else is in use. */
  constructor(database: Database.Database, judge: (name: string) => Problem[]) {
    this.#statements = prepare(database)
    this.#judge = judge
  }

  /** Those that a name may be mistaken for, and those that they may be mistaken for in turn. */
  of(name: string): LookAlikes {
    const candidates = this.#statements.group.all(name).map((known) => this.#judged(known))
    return {
      others: candidates
        .filter((candidate) => candidate.name !== name)
        .map(({ name: other, events, isClean }) => ({ name: other, events, isClean })),
      survivor: candidates.length > 1 ? survivorOf(candidates) : null,
    }
  }

  /** The name in use that this one should give way to: it looks alike, and is used at least as much. */
  rivalOf(name: string): { name: string; count: number } | null {
    const own = this.#statements.own.get(name)
    const families = own === undefined ? this.#familiesLike(name) : this.#familiesOf(own.family)
    const [rival] = this.#statements.rival.all({
      families: JSON.stringify(families),
      name,
      events: own?.events ?? 0,
      firstSeenAt: own?.first_seen_at ?? Number.MAX_SAFE_INTEGER,
    })
    return rival === undefined ? null : { name: rival.name, count: rival.events }
  }

  #judged({ name, events }: NameInUse): Candidate {
    const problems = this.#judge(name)
    return {
      name,
      events,
      isClean: problems.every(({ severity }) => severity === 'info'),
      suggestion: problems.find(({ suggestion }) => suggestion !== null)?.suggestion ?? null,
    }
  }

  #familiesOf(family: string | null): string[] {
    if (family === null) return []
    return [family, ...this.#statements.near.all(family).map(({ other }) => other)]
  }

  /** Names that went with deleted events stay in the index: nothing is found at them. */
  #familiesLike(name: string): string[] {
    for (const known of this.#statements.newNames.iterate(this.#indexedUpTo)) {
      this.#index.add(known.name)
      this.#indexedUpTo = known.first_seen_at
    }
    const kin = this.#index.kinOf(name)
    return kin === null ? [] : [kin.family, ...kin.near]
  }
}

function prepare(database: Database.Database) {
  return {
    // A sender can make up names that all look alike: neither how far one leads nor how many there are has an end.
    group: database.prepare<[string], NameInUse>(
      `WITH RECURSIVE kin (family) AS (
         SELECT family FROM catalog_name WHERE name = ? AND family IS NOT NULL
         UNION SELECT near.other FROM kin JOIN catalog_near_family AS near ON near.family = kin.family LIMIT 20)
       SELECT name, events FROM (
         SELECT name, events FROM catalog_name WHERE family IN (SELECT family FROM kin) LIMIT 200)
       ORDER BY events DESC, name LIMIT 20`,
    ),
    own: database.prepare<[string], { family: string | null; events: number; first_seen_at: number }>(
      'SELECT family, events, first_seen_at FROM catalog_name WHERE name = ?',
    ),
    near: database.prepare<[string], { other: string }>(
      'SELECT other FROM catalog_near_family WHERE family = ? LIMIT 100',
    ),
    rival: database.prepare<unknown[], NameInUse>(
      `SELECT name, events FROM catalog_name
       WHERE family IN (SELECT value FROM json_each(:families)) AND name <> :name
         AND (events > :events OR (events = :events AND first_seen_at <= :firstSeenAt))
       ORDER BY events DESC, first_seen_at LIMIT 1`,
    ),
    newNames: database.prepare<[number], { name: string; first_seen_at: number }>(
      'SELECT name, first_seen_at FROM catalog_name WHERE first_seen_at >= ? ORDER BY first_seen_at',
    ),
  }
}
