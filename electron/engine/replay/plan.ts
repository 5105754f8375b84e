import type { Destination, ReplayPlan } from '../../../shared/contract/schemas.ts'
import { RequestCount, laneCount, requestEventsLimit } from './batches.ts'
import { isThisMachine } from './destination-url.ts'
import type { PlanTerms, PlannedEvent } from './replay-reads.ts'

const examplesPerReason = 5
const sampleCount = 5
/** Names beyond are counted together: a name with an id in it would fill the memory. */
const namesLimit = 5_000
const otherNames = 'other names'
const dayMs = 86_400_000
const hourMs = 3_600_000

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The most frequent first. */
function sorted(counts: Map<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
}

const number = new Intl.NumberFormat('en')

/** Adds up what a replay would do, event by event, in memory that does not grow with their number. */
export class PlanTally {
  readonly #destination: Destination
  readonly #terms: PlanTerms
  readonly #names = new Map<string, number>()
  readonly #types = new Map<string, number>()
  readonly #leftOut = new Map<string, { events: number; examples: number[] }>()
  readonly #people = new Set<number>()
  readonly #inOneLane: RequestCount
  readonly #inLanes: RequestCount
  readonly #samples: number[] = []
  #selected = 0
  #events = 0
  #bytes = 0
  #alreadySent = 0
  #earliest: number | null = null
  #latest: number | null = null

  constructor(destination: Destination, terms: PlanTerms) {
    this.#destination = destination
    this.#terms = terms
    const { mode, concurrency } = destination
    const limit = requestEventsLimit(mode, terms.options.eventsPerSecond ?? destination.eventsPerSecond)
    this.#inOneLane = new RequestCount(1, limit)
    this.#inLanes = new RequestCount(concurrency, limit)
  }

  get events(): number {
    return this.#events
  }

  /** Of the latest event that would be sent, epoch ms. */
  get lastTimestamp(): number | null {
    return this.#latest
  }

  /** The first events that would be sent: they are shown before and after. */
  get sampleIds(): number[] {
    return this.#samples
  }

  add(event: PlannedEvent): void {
    this.#selected += 1
    if (event.reason !== null) {
      const leftOut = this.#leftOut.get(event.reason) ?? { events: 0, examples: [] }
      leftOut.events += 1
      if (leftOut.examples.length < examplesPerReason) leftOut.examples.push(event.eventId)
      this.#leftOut.set(event.reason, leftOut)
      return
    }
    this.#events += 1
    this.#bytes += event.bytes
    if (event.isAlreadySent) this.#alreadySent += 1
    if (this.#samples.length < sampleCount) this.#samples.push(event.eventId)
    const type = event.type ?? 'unknown'
    const name = event.name ?? type
    increment(this.#names, this.#names.size < namesLimit || this.#names.has(name) ? name : otherNames)
    increment(this.#types, type)
    this.#people.add(event.person)
    this.#inOneLane.add(event.person, event.bytes)
    this.#inLanes.add(event.person, event.bytes)
    this.#earliest = Math.min(this.#earliest ?? Infinity, event.timestamp)
    this.#latest = Math.max(this.#latest ?? -Infinity, event.timestamp)
  }

  plan(rest: Pick<ReplayPlan, 'query' | 'upTo' | 'samples'> & { eventsPerSecond: number }): ReplayPlan {
    const { eventsPerSecond, ...selection } = rest
    const isOneLane = laneCount(this.#destination.concurrency, this.#destination.mode, this.#events) === 1
    return {
      ...selection,
      destination: this.#destination,
      preset: this.#terms.preset,
      selected: this.#selected,
      events: this.#events,
      requests: (isOneLane ? this.#inOneLane : this.#inLanes).requests,
      bytes: this.#bytes,
      seconds: this.#events / eventsPerSecond,
      byName: sorted(this.#names).map(([name, events]) => ({ name, events })),
      byType: sorted(this.#types).map(([type, events]) => ({ type, events })),
      users: this.#people.size,
      alreadySent: this.#alreadySent,
      leftOut: [...this.#leftOut]
        .map(([reason, { events, examples }]) => ({ reason, events, examples }))
        .sort((a, b) => b.events - a.events),
      warnings: this.#warnings(),
    }
  }

  #warnings(): string[] {
    const warnings: string[] = []
    const { url, host, auth, hasWriteKey, hasSecret, production } = this.#destination
    const { preset, startedAt } = this.#terms
    if (url.startsWith('http:') && !isThisMachine(url)) {
      warnings.push(
        `${host} is not this machine, and http: sends events and keys there for everyone on the way to read`,
      )
    }
    if (auth === 'basic' && !hasWriteKey) warnings.push('the destination has no write key')
    if ((auth === 'bearer' || auth === 'header') && !hasSecret) {
      warnings.push('the destination has no secret to authenticate with')
    }
    const keepsIds = preset === 'historical' || preset === 'retry'
    if (this.#alreadySent > 0) {
      const sent = `${number.format(this.#alreadySent)} of these events were acknowledged there before; `
      warnings.push(
        keepsIds
          ? `${sent}Segment drops a repeated messageId for about 24 hours only`
          : `${sent}with new ids they count as new events`,
      )
    }
    if (production && !keepsIds) {
      warnings.push(
        `${preset} gives the events times and ids at which nothing happened, and this is production`,
      )
    }
    if (this.#earliest !== null && this.#latest !== null)
      this.#warnOfTimes(warnings, this.#earliest, this.#latest)
    if (preset === 'retry' && this.#earliest !== null && startedAt - this.#earliest > hourMs) {
      warnings.push(
        'a service that corrects clocks will date these events to about now; historical keeps their times',
      )
    }
    return warnings
  }

  #warnOfTimes(warnings: string[], earliest: number, latest: number): void {
    const { preset, startedAt } = this.#terms
    if (preset === 'live' || preset === 'new') return
    const days = Math.floor((startedAt - earliest) / dayMs)
    if (days >= 3) {
      warnings.push(
        `the oldest event happened ${number.format(days)} days ago: the service takes it, a tool behind it may not ` +
          '(Google Analytics takes 72 hours, Mixpanel 5 days, Meta 7 days)',
      )
    }
    if (latest - startedAt > hourMs) warnings.push('some events are dated in the future')
  }
}
