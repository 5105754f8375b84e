import { pageLimit } from '../../../shared/contract/schemas.ts'
import type { EventPage, Histogram } from '../../../shared/contract/schemas.ts'
import type { ProblemPage } from '../../../shared/contract/problems.ts'
import type { PlanCoverage } from '../../../shared/contract/plan.ts'
import type { EventDetail } from '../../../shared/event.ts'
import type { Client } from '../connection.ts'

/** Where an event comes from: a line of a file, or the log of an engine. */
export type Place = { file: string; line: number } | { eventId: number }

export const placeInLog = ({ id }: EventDetail): Place => ({ eventId: id })

/** Calls of a file stand in any order, so the first is not the earliest. */
export const fromTheBeginning = new Date(0).toISOString()

/** What has been found, wherever it was judged. */
export interface Verdicts {
  problems(query: string, limit: number, cursor: string | undefined): Promise<ProblemPage>
  events(query: string, limit: number, cursor: string | undefined): Promise<EventPage>
  event(id: number): Promise<EventDetail>
  /** In one bucket. */
  histogram(query: string): Promise<Histogram>
  coverage(query: string): Promise<PlanCoverage>
  placeOf(event: EventDetail): Place
}

/** What a running engine has found. */
export function verdictsOf(client: Client): Verdicts {
  const paged = (query: string, limit: number, cursor: string | undefined) => ({
    query,
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  })
  return {
    problems: (...page) => client.problems.list(paged(...page)),
    events: (...page) => client.events.list({ ...paged(...page), order: 'asc' }),
    event: (id) => client.events.get({ id }),
    histogram: (query) => client.events.histogram({ query, from: fromTheBeginning, buckets: 1 }),
    coverage: (query) => client.plan.coverage({ query }),
    placeOf: placeInLog,
  }
}

/** All rows of a list, page by page. */
export async function* walk<Page extends { nextCursor: string | null }>(
  pageAt: (limit: number, cursor: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor: string | undefined
  do {
    const page = await pageAt(pageLimit, cursor)
    yield page
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
