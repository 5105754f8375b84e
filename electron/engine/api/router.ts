import { implement, withEventMeta } from '@orpc/server'
import { contract } from '../../../shared/contract/contract.ts'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { Status } from '../../../shared/contract/schemas.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import type { TeamAgreement } from '../agreement/team-agreement.ts'
import type { ActivityList } from '../capture/activity.ts'
import type { HttpsCapture } from '../capture/https/https-capture.ts'
import type { Replays } from '../replay/replays.ts'
import type { Destinations } from '../replay/destinations.ts'
import type { EngineSettings } from '../settings.ts'
import type { TrackingPlan } from '../tracking-plan.ts'
import { readQuery } from '../store/queries/query-text.ts'
import type { Remote } from '../threads/remote.ts'
import type { ReaderMethods } from '../threads/reader-methods.ts'
import type { WriterMethods } from '../threads/writer-methods.ts'
import type { PulseHub } from './pulse-hub.ts'

/** What the contract is implemented with. */
export interface Services {
  reader: Remote<ReaderMethods>
  writer: Remote<WriterMethods>
  pulse: PulseHub
  activity: ActivityList
  replays: Replays
  destinations: Destinations
  settings: EngineSettings
  agreement: TeamAgreement
  plan: TrackingPlan
  https: HttpsCapture
  /** Epoch milliseconds. */
  now(): number
  status(): Promise<Status>
}

const streamPage = 200
/** How long the end of a wait gives analysis to catch up with what has arrived, in milliseconds. */
const catchUpMs = 30_000

/** More than any log has. */
const allEvents = 2 ** 31

export function createRouter({
  reader,
  writer,
  pulse,
  activity,
  replays,
  destinations,
  settings,
  agreement,
  plan,
  https,
  now,
  status,
}: Services) {
  const os = implement(contract)

  /**
   * Waits until analysis has seen all that has arrived by now, so that "nothing matches" can be trusted. Raises
   * ANALYSIS_BEHIND where it takes too long: an answer from half of the events would be a wrong one.
   */
  async function caughtUp(signal?: AbortSignal): Promise<void> {
    const { lastEventId } = pulse.current
    if (await pulse.until((beat) => beat.analysedUpTo >= lastEventId, catchUpMs, signal)) return
    throw new TracksideError('ANALYSIS_BEHIND', { analysedUpTo: pulse.current.analysedUpTo, lastEventId })
  }

  /** The first events that match, so many at most. Large ones come in several pages. */
  async function firstMatches(query: string, count: number, signal?: AbortSignal): Promise<TracksideEvent[]> {
    const events: TracksideEvent[] = []
    let cursor: string | undefined
    do {
      const limit = count - events.length
      const page = await reader.events({ query, order: 'asc', limit, cursor, now: now() }, signal)
      events.push(...page.events)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined && events.length < count)
    return events
  }

  /** Each event that matches behind the id `after`, once and in the order of the log. */
  async function* follow(query: string, after: number, signal?: AbortSignal) {
    let seen = after
    for await (const _beat of pulse.beats(signal)) {
      for (;;) {
        const { analysedUpTo: upTo } = pulse.current
        const page = await reader.events(
          { query, order: 'asc', limit: streamPage, after: seen, upTo, now: now() },
          signal,
        )
        for (const event of page.events) yield withEventMeta(event, { id: String(event.id) })
        seen = Math.max(seen, page.upTo)
        if (page.nextCursor === null || signal?.aborted) break
      }
    }
  }

  return os.router({
    status: os.status.handler(status),
    pulse: os.pulse.handler(({ signal }) => pulse.beats(signal)),
    capture: {
      authority: os.capture.authority.handler(() => {
        if (https.current === null) throw new TracksideError('HTTPS_OFF')
        return { pem: https.current.authority.certificate.toString() }
      }),
      activity: os.capture.activity.handler(({ input: { since } }) =>
        activity.since(since === undefined ? 0 : Date.parse(since)),
      ),
    },
    events: {
      list: os.events.list.handler(({ input, signal }) => reader.events({ ...input, now: now() }, signal)),
      get: os.events.get.handler(({ input }) => reader.event(input)),
      delete: os.events.delete.handler(async ({ input, signal }) => {
        const { query } = input.query
        readQuery(query)
        // Only what is analysed can be found: without this, the latest calls would survive their deletion.
        if (query.trim() === '') return writer.deleteEvents({ ids: null })
        await caughtUp(signal)
        // The reader looks for them, however long that takes: while the writer did, no call could be appended.
        const { ids } = await reader.eventIds({ query, order: 'asc', limit: allEvents, now: now() }, signal)
        return writer.deleteEvents({ ids })
      }),
      wait: os.events.wait.handler(async ({ input, signal }) => {
        const wanted = input.absent ? 1 : input.count
        const find = () => firstMatches(input.query, wanted, signal)
        let events = await find()
        await pulse.until(
          async () => {
            if (events.length < wanted) events = await find()
            return events.length >= wanted
          },
          input.timeoutMs,
          signal,
        )
        if (events.length < wanted) {
          await caughtUp(signal)
          events = await find()
        }
        return { ok: input.absent ? events.length === 0 : events.length >= wanted, events }
      }),
      stream: os.events.stream.handler(({ input, signal, lastEventId }) => {
        // Once the stream has begun, a mistake in the query could no longer be told.
        readQuery(input.query)
        const resumed = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : input.after
        return follow(input.query, resumed ?? pulse.current.lastEventId, signal)
      }),
      histogram: os.events.histogram.handler(({ input, signal }) =>
        reader.histogram({ ...input, now: now() }, signal),
      ),
      completions: os.events.completions.handler(async ({ input }) => ({
        values: await reader.completions(input),
      })),
    },
    users: {
      list: os.users.list.handler(({ input }) => reader.users(input)),
      get: os.users.get.handler(({ input }) => reader.user(input)),
      timeline: os.users.timeline.handler(({ input, signal }) =>
        reader.userTimeline({ ...input, now: now() }, signal),
      ),
    },
    accounts: {
      list: os.accounts.list.handler(({ input }) => reader.accounts(input)),
      get: os.accounts.get.handler(({ input }) => reader.account(input)),
      timeline: os.accounts.timeline.handler(({ input, signal }) =>
        reader.accountTimeline({ ...input, now: now() }, signal),
      ),
    },
    catalog: {
      list: os.catalog.list.handler(({ input }) => reader.names(input)),
      get: os.catalog.get.handler(({ input }) => reader.name(input)),
    },
    problems: {
      list: os.problems.list.handler(({ input, signal }) =>
        reader.problems({ ...input, now: now() }, signal),
      ),
    },
    lint: {
      name: os.lint.name.handler(async ({ input }) => ({ problems: await reader.lintName(input) })),
      rules: os.lint.rules.handler(async () => ({ rules: await agreement.rules() })),
      config: os.lint.config.handler(() => agreement.current),
    },
    plan: {
      get: os.plan.get.handler(() => plan.get()),
      put: os.plan.put.handler(({ input }) => plan.put(input)),
      remove: os.plan.remove.handler(async () => {
        await plan.remove()
        return {}
      }),
      import: os.plan.import.handler(({ input }) => plan.import(input)),
      export: os.plan.export.handler(({ input }) => plan.export(input.format)),
      draft: os.plan.draft.handler(({ input }) => plan.draft(input)),
      coverage: os.plan.coverage.handler(({ input, signal }) =>
        reader.planCoverage({ ...input, now: now() }, signal),
      ),
      expected: os.plan.expected.handler(async ({ input }) => {
        const { planned } = await reader.planCoverage({ ...input, now: now() })
        const expected = planned.flatMap(({ name, events }) => (events === 0 ? [name] : []))
        return { expected, seen: planned.length - expected.length }
      }),
    },
    destinations: {
      list: os.destinations.list.handler(async () => ({
        destinations: await destinations.list(),
        nextCursor: null,
      })),
      create: os.destinations.create.handler(({ input }) => destinations.create(input)),
      update: os.destinations.update.handler(({ input: { id, ...change } }) =>
        destinations.update(id, change),
      ),
      remove: os.destinations.remove.handler(async ({ input }) => {
        await destinations.remove(input.id)
        return {}
      }),
      test: os.destinations.test.handler(({ input }) => destinations.test(input.id)),
    },
    replays: {
      list: os.replays.list.handler(async () => ({ replays: await replays.list(), nextCursor: null })),
      create: os.replays.create.handler(({ input }) => replays.create(input)),
      get: os.replays.get.handler(({ input }) => replays.get(input.id)),
      pause: os.replays.pause.handler(({ input }) => replays.pause(input.id)),
      resume: os.replays.resume.handler(({ input }) => replays.resume(input.id)),
      cancel: os.replays.cancel.handler(({ input }) => replays.cancel(input.id)),
      outcomes: os.replays.outcomes.handler(({ input }) => replays.outcomes(input)),
    },
    settings: {
      get: os.settings.get.handler(() => settings.current),
      patch: os.settings.patch.handler(({ input }) => settings.change(input)),
    },
    analysis: {
      rebuild: os.analysis.rebuild.handler(() => writer.rebuild(null)),
    },
  })
}
