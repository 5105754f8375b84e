import type Database from 'better-sqlite3'
import { isPlaceholderId } from '../../../shared/lint/index.ts'
import { isJsonObject } from '../../../shared/normalise.ts'
import type { JsonObject } from '../../../shared/event.ts'
import type { AnalysedCall } from './analysed-call.ts'

type IdentityKind = 'user' | 'anonymous'
type How = 'seen' | 'identify' | 'alias' | 'call'

/** Whom an event belongs to, and what that says about the past. */
export interface Recognition {
  /** null when the call has no id, or only a placeholder. */
  person: number | null
  /** The user to whom the call's anonymousId belonged until this one took it over. */
  formerUser: string | null
  /** Whether an identify or a track has named the call's user before; true as well where it names none. */
  isUserIntroduced: boolean
}

interface Counts {
  events: number
  problems: number
  firstSeenAt: number
  lastSeenAt: number
}

/** Name as people write it in traits: `name`, or first and last. */
export function nameOf(traits: JsonObject): string | null {
  const text = (key: string): string => (typeof traits[key] === 'string' ? traits[key].trim() : '')
  const whole = text('name')
  if (whole !== '') return whole
  const parts = `${text('firstName') || text('first_name')} ${text('lastName') || text('last_name')}`.trim()
  return parts === '' ? null : parts
}

/**
 * Who an event belongs to. A userId and the anonymousIds that it was seen with are one person, an alias joins two;
 * what an anonymousId did before it was known belongs to the person that it turned out to be. An anonymousId that a
 * second user takes over (a shared device, a missing reset) is theirs from then on, and the past stays where it was.
 */
export class People {
  readonly #statements: ReturnType<typeof prepare>
  readonly #counts = new Map<number, Counts>()
  /** Whose ids are, as far as they were looked for lately. */
  readonly #owners: Record<IdentityKind, Map<string, number>> = { user: new Map(), anonymous: new Map() }
  /** Those of them whose users have been introduced. */
  readonly #introduced = new Set<number>()

  readonly #onMerge: () => void

  /** `onMerge` hears that two people have turned out to be one. */
  constructor(database: Database.Database, onMerge: () => void) {
    this.#statements = prepare(database)
    this.#onMerge = onMerge
  }

  /** The person of this event; made when they are new. */
  recognise(call: AnalysedCall): Recognition {
    const userId = usableId(call.userId)
    const anonymousId = usableId(call.anonymousId)
    const known: Recognition =
      userId !== null
        ? this.#user(userId, anonymousId, call)
        : { person: this.#visitor(anonymousId, call), formerUser: null, isUserIntroduced: true }
    if (known.person !== null && call.type === 'identify' && call.traits !== null)
      this.#describe(known.person, call.traits)
    return known
  }

  #user(userId: string, anonymousId: string | null, call: AnalysedCall): Recognition {
    const found = this.#find('user', userId)
    const person = found ?? this.#create('user', userId, call)
    const wasIntroduced = found !== null && this.#isIntroduced(person, userId)
    const previousId = usableId(call.previousId)
    if (call.type === 'alias' && previousId !== null) this.#join(person, previousId, call)
    // An alias speaks of previousId alone; its anonymousId may already be that of the next visitor.
    const formerUser = anonymousId === null ? null : this.#tie(person, anonymousId, call)
    if (!wasIntroduced && introduces(call)) {
      this.#statements.introduce.run(person)
      this.#introduced.add(person)
    }
    return { person, formerUser, isUserIntroduced: wasIntroduced }
  }

  #visitor(anonymousId: string | null, call: AnalysedCall): number | null {
    if (anonymousId === null) return null
    return this.#find('anonymous', anonymousId) ?? this.#create('anonymous', anonymousId, call)
  }

  /** Who these ids already are; null when they are nobody's yet. */
  knownBy(userId: string | null, anonymousId: string | null): number | null {
    const [user, anonymous] = [usableId(userId), usableId(anonymousId)]
    if (user !== null) return this.#find('user', user)
    return anonymous === null ? null : this.#find('anonymous', anonymous)
  }

  count(person: number, at: number, problems: number): void {
    const counts = this.#counts.get(person)
    if (counts === undefined) {
      this.#counts.set(person, { events: 1, problems: problems > 0 ? 1 : 0, firstSeenAt: at, lastSeenAt: at })
      return
    }
    counts.events += 1
    if (problems > 0) counts.problems += 1
    counts.firstSeenAt = Math.min(counts.firstSeenAt, at)
    counts.lastSeenAt = Math.max(counts.lastSeenAt, at)
  }

  /** Writes the counts of this slice. */
  flush(): void {
    for (const [person, counts] of this.#counts) this.#statements.count.run({ person, ...counts })
    this.#counts.clear()
  }

  /** Drops what was not yet written, after a slice was rolled back. */
  forget(): void {
    this.#counts.clear()
    this.#forgetOwners()
  }

  #find(kind: IdentityKind, value: string): number | null {
    const known = this.#owners[kind].get(value)
    if (known !== undefined) return known
    const person = this.#statements.find.get(kind, value)?.person_id ?? null
    if (person !== null) this.#remember(kind, value, person)
    return person
  }

  #isIntroduced(person: number, userId: string): boolean {
    if (this.#introduced.has(person)) return true
    const isIntroduced = this.#statements.find.get('user', userId)?.introduced === 1
    if (isIntroduced) this.#introduced.add(person)
    return isIntroduced
  }

  #remember(kind: IdentityKind, value: string, person: number): void {
    if (this.#owners[kind].size >= knownIds) this.#forgetOwners()
    this.#owners[kind].set(value, person)
  }

  #forgetOwners(): void {
    this.#owners.user.clear()
    this.#owners.anonymous.clear()
    this.#introduced.clear()
  }

  #tieTo(person: number, kind: IdentityKind, value: string, call: AnalysedCall, how: How): void {
    this.#statements.tie.run(kind, value, person, call.id, how)
    this.#remember(kind, value, person)
  }

  #retieTo(person: number, kind: IdentityKind, value: string, call: AnalysedCall, how: How): void {
    this.#statements.retie.run(person, call.id, how, kind, value)
    this.#remember(kind, value, person)
  }

  #create(kind: IdentityKind, value: string, call: AnalysedCall): number {
    const { lastInsertRowid } = this.#statements.create.run(
      kind === 'user' ? value : null,
      kind === 'anonymous' ? value : null,
      call.receivedAt,
      call.receivedAt,
    )
    const person = Number(lastInsertRowid)
    this.#tieTo(person, kind, value, call, call.type === 'identify' ? 'identify' : 'seen')
    return person
  }

  /** Gives the anonymousId to the person, and gives back the other user whose it was, if there is one. */
  #tie(person: number, anonymousId: string, call: AnalysedCall): string | null {
    const how: How = call.type === 'identify' ? 'identify' : 'call'
    const owner = this.#find('anonymous', anonymousId)
    if (owner === person) return null
    if (owner === null) {
      this.#tieTo(person, 'anonymous', anonymousId, call, how)
      return null
    }
    const formerUser = this.#statements.isKnown.get(owner)?.user_id ?? null
    if (formerUser === null) this.#merge(person, owner)
    this.#retieTo(person, 'anonymous', anonymousId, call, how)
    return formerUser
  }

  /** What an alias says: the bearer of `previousId`, anonymous or known, is this person. */
  #join(person: number, previousId: string, call: AnalysedCall): void {
    const anonymous = this.#find('anonymous', previousId)
    const previous = anonymous ?? this.#find('user', previousId)
    if (previous === null) {
      this.#tieTo(person, 'anonymous', previousId, call, 'alias')
    } else if (previous !== person) {
      this.#merge(person, previous)
      this.#retieTo(person, anonymous === null ? 'user' : 'anonymous', previousId, call, 'alias')
    }
  }

  #describe(person: number, traits: JsonObject): void {
    if (Object.keys(traits).length === 0) return
    const known: unknown = JSON.parse(this.#statements.traits.get(person)?.traits ?? '{}')
    const all = { ...(isJsonObject(known) ? known : {}), ...traits }
    const email = typeof all['email'] === 'string' ? all['email'] : null
    this.#statements.describe.run(JSON.stringify(all), nameOf(all), email, person)
  }

  /** Everything of `from` becomes `into`'s; where both have a trait, `into`'s stays. */
  #merge(into: number, from: number): void {
    this.flush()
    const theirs: unknown = JSON.parse(this.#statements.traits.get(from)?.traits ?? '{}')
    const own: unknown = JSON.parse(this.#statements.traits.get(into)?.traits ?? '{}')
    for (const statement of this.#statements.merge) statement.run({ into, from })
    this.#forgetOwners()
    this.#onMerge()
    if (isJsonObject(theirs) && isJsonObject(own)) this.#describe(into, { ...theirs, ...own })
  }
}

/** Whether the call makes its user known, for better or worse: the first track is told when no identify came before. */
function introduces({ type }: AnalysedCall): boolean {
  return type === 'identify' || type === 'track'
}

/** How many ids are remembered of each kind. */
const knownIds = 10_000

/** Characters: every look-up compares with what is there, and megabytes in its way cost all others milliseconds. */
const idLimit = 1_000

/** The id, unless it is a placeholder, or so long that it names nobody. */
export function usableId(id: string | null): string | null {
  return id === null || id.length > idLimit || isPlaceholderId(id) ? null : id
}

function prepare(database: Database.Database) {
  return {
    find: database.prepare<[IdentityKind, string], { person_id: number; introduced: number }>(
      'SELECT person_id, introduced FROM identity WHERE kind = ? AND value = ?',
    ),
    introduce: database.prepare<[number]>(
      "UPDATE identity SET introduced = 1 WHERE person_id = ? AND kind = 'user'",
    ),
    isKnown: database.prepare<[number], { user_id: string | null }>(
      'SELECT user_id FROM person WHERE id = ?',
    ),
    create: database.prepare(
      `INSERT INTO person (user_id, anonymous_id, traits, events, problems, first_seen_at, last_seen_at)
       VALUES (?, ?, '{}', 0, 0, ?, ?)`,
    ),
    tie: database.prepare(
      'INSERT INTO identity (kind, value, person_id, first_event_id, how) VALUES (?, ?, ?, ?, ?)',
    ),
    retie: database.prepare(
      'UPDATE identity SET person_id = ?, first_event_id = ?, how = ? WHERE kind = ? AND value = ?',
    ),
    traits: database.prepare<[number], { traits: string }>('SELECT traits FROM person WHERE id = ?'),
    describe: database.prepare('UPDATE person SET traits = ?, name = ?, email = ? WHERE id = ?'),
    count: database.prepare(
      `UPDATE person SET events = events + :events, problems = problems + :problems,
         first_seen_at = min(first_seen_at, :firstSeenAt), last_seen_at = max(last_seen_at, :lastSeenAt)
       WHERE id = :person`,
    ),
    merge: [
      'UPDATE identity SET person_id = :into WHERE person_id = :from',
      // Who was known under one of their ids is known under all of them.
      `UPDATE identity SET introduced =
         (SELECT max(introduced) FROM identity WHERE person_id = :into AND kind = 'user')
       WHERE person_id = :into AND kind = 'user'`,
      'UPDATE analysed_event SET person_id = :into WHERE person_id = :from',
      `INSERT INTO member (account_id, person_id, via, events, last_seen_at)
         SELECT account_id, :into, via, events, last_seen_at FROM member WHERE person_id = :from
         ON CONFLICT DO UPDATE SET events = events + excluded.events,
           via = CASE WHEN via = 'group' THEN via ELSE excluded.via END,
           last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
      'DELETE FROM member WHERE person_id = :from',
      `UPDATE person SET events = person.events + other.events, problems = person.problems + other.problems,
         anonymous_id = coalesce(person.anonymous_id, other.anonymous_id),
         first_seen_at = min(person.first_seen_at, other.first_seen_at),
         last_seen_at = max(person.last_seen_at, other.last_seen_at)
       FROM person AS other WHERE person.id = :into AND other.id = :from`,
      'DELETE FROM person WHERE id = :from',
    ].map((sql) => database.prepare<[{ into: number; from: number }]>(sql)),
  }
}
