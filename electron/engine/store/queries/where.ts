import type {
  NumberTest,
  EqualsNumber,
  PathQuery,
  PathRoot,
  Presence,
  PresenceQuery,
  Query,
  TextQuery,
  Wildcard,
  WordsQuery,
} from '../../../../shared/query/ast.ts'
import { isPlaceholderId } from '../../../../shared/lint/index.ts'
import { timeBounds } from '../../../../shared/query/time.ts'
import { tokensOf } from '../../../../shared/query/tokens.ts'
import { listedEvents } from '../event-lists.ts'
import type { EventList } from '../event-lists.ts'
import { foundInSearch, searchTerm, soughtWords } from '../search-partitions.ts'
import { readQuery } from './query-text.ts'

/**
 * A query as SQL. `from` holds `analysed_event AS a` and joins what `where` needs beside it. Besides its parameters, who
 * runs it binds an `IdWindow`: lists of events that a condition is looked up in are confined to it.
 */
export interface Selection {
  from: string
  where: string
  params: (string | number)[]
}

/** Whose events: all, or those of one person or account. */
export type Scope = { kind: 'person'; person: number } | { kind: 'account'; account: string } | null

/** A condition that confines an id to the window that is bound. */
export const inWindow = (id: string): string => `${id} > @above AND ${id} <= @upTo`

/** The SQL of a query at `now` (epoch ms); null for the empty one. Raises QUERY_SYNTAX with the mistake's place. */
export function selectionOf(text: string, now: number): Selection | null {
  const query = readQuery(text)
  if (query.kind === 'all') return null
  const compiler = new Compiler(now)
  const where = compiler.compile(query)
  return { from: compiler.from, where, params: compiler.params }
}

/** Only a term's own parameters, in the order in which the question marks stand. */
class Compiler {
  readonly params: (string | number)[] = []
  readonly #now: number
  #readsEvent = false
  #readsRequest = false

  constructor(now: number) {
    this.#now = now
  }

  get from(): string {
    const event = this.#readsEvent || this.#readsRequest ? ' JOIN event AS e ON e.id = a.event_id' : ''
    const request = this.#readsRequest ? ' JOIN request AS r ON r.id = e.request_id' : ''
    return `analysed_event AS a${event}${request}`
  }

  compile(query: Query): string {
    switch (query.kind) {
      case 'all':
        return '1'
      case 'and':
        return this.#join('AND', query.parts)
      case 'or':
        return this.#join('OR', query.parts)
      case 'not':
        // `IS NOT TRUE`, because an absent value makes a comparison NULL, and NOT NULL would find nothing.
        return `((${this.compile(query.part)}) IS NOT TRUE)`
      case 'words':
        return this.#words(query)
      case 'text':
        return this.#text(query)
      case 'number':
        return this.#number(query.key === 'id' ? 'a.event_id' : this.#event('request_id'), query.test)
      case 'time': {
        const { from, to } = timeBounds(query.key, query.time, this.#now)
        if (from !== null) return this.#bind('a.received_at >= ?', from)
        return to === null ? '1' : this.#bind('a.received_at < ?', to)
      }
      case 'choice':
        return this.#choice(query)
      case 'path':
        return this.#path(query)
      case 'presence':
        return this.#presence(query)
    }
  }

  /** Halves in brackets: SQLite refuses more than 1000 in a row, and a list of ids may well have more. */
  #join(operator: 'AND' | 'OR', parts: readonly Query[]): string {
    const [only] = parts
    if (parts.length <= 1) return only === undefined ? '1' : this.compile(only)
    const middle = Math.ceil(parts.length / 2)
    return `(${this.#join(operator, parts.slice(0, middle))} ${operator} ${this.#join(operator, parts.slice(middle))})`
  }

  #bind(sql: string, ...values: (string | number)[]): string {
    this.params.push(...values)
    return sql
  }

  #event(column: string): string {
    this.#readsEvent = true
    return `e.${column}`
  }

  #words({ text, phrase }: WordsQuery): string {
    return this.#found(text, !phrase)
  }

  #found(text: string, isPrefix: boolean): string {
    return this.#bind(
      `a.event_id IN (${foundInSearch})`,
      searchTerm(text, isPrefix),
      soughtWords(text, isPrefix),
    )
  }

  #text({ key, test }: TextQuery): string {
    switch (key) {
      case 'event':
        return `(a.type = 'track' AND ${this.#name(test)})`
      case 'user':
        return this.#user(test)
      case 'anonymous':
        return this.#anonymous(test)
      case 'account':
        return test.by === 'equals'
          ? listed(
              'account',
              this.#bind(
                'SELECT ? UNION SELECT id FROM account WHERE name = ? COLLATE NOCASE',
                test.value,
                test.value,
              ),
            )
          : `(${this.#exact('a.account_id', test)} OR a.account_id IN (SELECT id FROM account WHERE ${this.#folded('name', test)}))`
      case 'source':
        return this.#exact('a.source', test)
      case 'library':
        return `(${this.#folded(this.#event('library_name'), test)} OR ${this.#folded("e.library_name || '@' || e.library_version", test)})`
      case 'message':
        return this.#exact('a.message_id', test)
      case 'problem':
        return `a.event_id IN (SELECT event_id FROM problem WHERE ${this.#exact('rule', test)} AND ${inWindow('event_id')})`
    }
  }

  /** By any of the person's ids, their name or their e-mail. */
  #user(test: TextQuery['test']): string {
    const person =
      `a.person_id IN (SELECT person_id FROM identity WHERE kind = 'user' AND ${this.#exact('value', test)}` +
      ` UNION SELECT person_id FROM identity WHERE kind = 'anonymous' AND ${this.#exact('value', test)}` +
      ` UNION SELECT person_id FROM identity WHERE kind = 'anonymous' AND ${this.#anonymousId(test)}` +
      ` UNION SELECT id FROM person WHERE ${this.#folded('name', test)} OR ${this.#folded('email', test)})`
    // A placeholder is nobody's, so each event has to be looked at for it.
    if (test.by === 'equals' && !isPlaceholderId(test.value)) return person
    return `(${person} OR ${this.#exact(this.#event('user_id'), test)} OR ${this.#exact('e.anonymous_id', test)})`
  }

  /** As addresses and answers write the id of a user who is not known otherwise. */
  #anonymousId(test: TextQuery['test']): string {
    if (test.by === 'wildcard') return this.#exact("'anonymous:' || value", test)
    // Not a sum: a bare value is looked up in the index.
    const id = /^anonymous:(.*)$/s.exec(test.value)?.[1]
    return id === undefined ? '0' : this.#exact('value', { by: 'equals', value: id })
  }

  /** No index of the log has it, but the index of words leaves few events to look at. */
  #anonymous(test: TextQuery['test']): string {
    const hasWords = test.by === 'equals' && tokensOf(test.value).length > 0
    const likely = hasWords ? `${this.#found(test.value, false)} AND ` : ''
    return `(${likely}${this.#exact(this.#event('anonymous_id'), test)})`
  }

  /** The catalog leads to the names as they are written; it knows none that is empty. */
  #name(test: TextQuery['test']): string {
    if (test.by === 'equals' && test.value === '') return "a.name = ''"
    if (test.by === 'wildcard' && test.parts.every((part) => part === '')) return 'a.name IS NOT NULL'
    return listed('name', `SELECT name FROM catalog_name WHERE ${this.#folded('name', test)}`)
  }

  /** Letter for letter: ids. */
  #exact(column: string, test: TextQuery['test']): string {
    if (test.by === 'equals') return this.#bind(`${column} = ?`, test.value)
    return this.#bind(`${column} GLOB ?`, test.parts.map((part) => part.replace(/[[*?]/g, '[$&]')).join('*'))
  }

  /** Whatever the case of A to Z: names. */
  #folded(column: string, test: TextQuery['test']): string {
    if (test.by === 'equals') return this.#bind(`${column} = ? COLLATE NOCASE`, test.value)
    return this.#bind(`${column} LIKE ? ESCAPE '\\'`, likePattern(test))
  }

  #number(column: string, test: EqualsNumber | NumberTest): string {
    switch (test.by) {
      case 'equals':
        return this.#bind(`${column} = ?`, test.value)
      case 'compare':
        return this.#bind(`${column} ${test.operator} ?`, test.value)
      case 'range': {
        const low = test.low === null ? '1' : this.#bind(`${column} >= ?`, test.low)
        const high = test.high === null ? '1' : this.#bind(`${column} <= ?`, test.high)
        return `(${low} AND ${high})`
      }
    }
  }

  #choice(query: Extract<Query, { kind: 'choice' }>): string {
    switch (query.key) {
      case 'type':
        return this.#bind('a.type = ?', query.value)
      case 'severity':
        return this.#bind(ofSeverity, query.value)
      case 'accepted':
        return query.value === 'yes' ? 'a.accepted = 1' : 'a.accepted = 0'
      case 'is':
        switch (query.value) {
          case 'accepted':
            return 'a.accepted = 1'
          case 'rejected':
            return 'a.accepted = 0'
          case 'identified':
            return `${this.#event('user_id')} IS NOT NULL`
          case 'anonymous':
            return `(${this.#event('user_id')} IS NULL AND e.anonymous_id IS NOT NULL)`
          case 'analysed':
            return '1'
          case 'replayed':
            return replayed
        }
        break
      case 'replayed':
        if (query.value === 'yes') return replayed
        if (query.value === 'no') return `NOT ${replayed}`
        return this.#bind(
          `a.event_id IN (SELECT event_id FROM replay_outcome WHERE outcome = ? AND ${inWindow('event_id')})`,
          query.value,
        )
      case 'fault':
        return this.#bind(faulted('fault = ?'), query.value)
    }
    return '0'
  }

  #path(query: PathQuery): string {
    const { root, path, test } = query
    return this.#inPayload(root, path, JSON.stringify({ kind: 'path', root, path, test }))
  }

  #presence({ present, of }: PresenceQuery): string {
    const has =
      of.by === 'name'
        ? this.#hasName(of.name)
        : this.#inPayload(
            of.root,
            of.path,
            JSON.stringify({ kind: 'presence', root: of.root, path: of.path }),
          )
    return present ? has : `((${has}) IS NOT TRUE)`
  }

  /**
   * Paths are matched by the same code that the page uses. Looking for the key in the text first spares most events
   * the parsing; it is left out for keys that JSON may write in several ways.
   */
  #inPayload(root: PathRoot, path: readonly string[], condition: string): string {
    this.#readsRequest = true
    const key = path.at(-1) ?? ''
    const matches = this.#bind('trackside_matches(e.payload, r.envelope, e.type, ?)', condition)
    const guard = `e.accepted = 1`
    if (!/^[\w $.-]+$/.test(key)) return `(${guard} AND ${matches})`
    // The parameters have to stand in the order of the question marks.
    const [bound] = this.params.splice(-1)
    // A batch may say for all of its calls what their context is, and in it whose traits.
    const texts = root === 'properties' ? ['e.payload'] : ['e.payload', 'r.envelope']
    const keys = texts.map(() => `"${key}"`)
    if (root === 'context') {
      // journy.io's calls name account and e-mail elsewhere.
      texts.push('e.payload')
      keys.push('"identification"')
    }
    this.params.push(...keys, bound ?? '')
    const isThere = texts.map((text) => `instr(${text}, ?)`).join(' OR ')
    return `(${guard} AND (${isThere}) AND ${matches})`
  }

  #hasName(name: Presence): string {
    switch (name) {
      case 'problem':
        return 'a.problems > 0'
      case 'error':
      case 'warning':
      case 'info':
        return this.#bind(ofSeverity, name)
      case 'rejection':
        return 'a.accepted = 0'
      case 'replay':
        return replayed
      case 'fault':
        return faulted('fault IS NOT NULL')
      case 'user':
        return 'a.person_id IS NOT NULL'
      case 'account':
      case 'accountId':
        return 'a.account_id IS NOT NULL'
      case 'event':
        return `(a.type = 'track' AND a.name IS NOT NULL)`
      case 'source':
        return 'a.source IS NOT NULL'
      case 'library':
        return `${this.#event('library_name')} IS NOT NULL`
      case 'userId':
        return `${this.#event('user_id')} IS NOT NULL`
      case 'anonymousId':
        return `${this.#event('anonymous_id')} IS NOT NULL`
      case 'previousId':
        return `${this.#event('previous_id')} IS NOT NULL`
      case 'messageId':
        return 'a.message_id IS NOT NULL'
      case 'originalTimestamp':
        return `${this.#event('original_timestamp')} IS NOT NULL`
      case 'sentAt':
        return `${this.#event('sent_at')} IS NOT NULL`
      case 'properties':
      case 'traits':
      case 'context':
      case 'integrations':
        this.#readsRequest = true
        return this.#bind(
          '(e.accepted = 1 AND trackside_matches(e.payload, r.envelope, e.type, ?))',
          JSON.stringify({ kind: 'object', name }),
        )
    }
  }
}

const listed = (list: EventList, values: string): string => `a.event_id IN (${listedEvents(list, values)})`

/** A condition for the events of a person or an account; like a selection's, it is confined to the window that is bound. */
export function inScope(scope: NonNullable<Scope>): Pick<Selection, 'where' | 'params'> {
  return scope.kind === 'person'
    ? { where: 'a.person_id = ?', params: [scope.person] }
    : { where: listed('account', 'SELECT ?'), params: [scope.account] }
}

/** Few requests are answered on purpose, and an index holds only those. */
const faulted = (condition: string): string =>
  `a.event_id IN (SELECT event.id FROM event JOIN request ON request.id = event.request_id
                  WHERE request.${condition} AND ${inWindow('event.id')})`

const ofSeverity = `a.event_id IN (SELECT event_id FROM problem WHERE ${inWindow('event_id')} AND severity = ?)`

const replayed = `a.event_id IN (SELECT event_id FROM replay_outcome WHERE ${inWindow('event_id')})`

function likePattern({ parts }: Wildcard): string {
  return parts.map((part) => part.replace(/[\\%_]/g, '\\$&')).join('%')
}
