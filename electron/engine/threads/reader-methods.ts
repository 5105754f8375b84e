import type Database from 'better-sqlite3'
import type { AccountDetail, EventPage, Histogram, UserDetail } from '../../../shared/contract/schemas.ts'
import type { ProblemPage } from '../../../shared/contract/problems.ts'
import type { CatalogDetail, CatalogPage, TrendSpan } from '../../../shared/contract/catalog.ts'
import type { EventDetail, Problem } from '../../../shared/event.ts'
import type { FailedRule } from '../../../shared/contract/lint.ts'
import { createLinter } from '../../../shared/lint/index.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import { english } from '../analysis/english.ts'
import { readFailedRules } from '../analysis/rule-failures.ts'
import { replayReads } from '../replay/replay-reads.ts'
import type { ReplayReads } from '../replay/replay-reads.ts'
import { registerWordMatching } from '../search/word-matching.ts'
import { ensureSearch } from '../store/search-file.ts'
import { AccountQueries } from '../store/queries/accounts.ts'
import { CatalogQueries } from '../store/queries/catalog.ts'
import type { CatalogListInput } from '../store/queries/catalog.ts'
import { completionsOf } from '../store/queries/completions.ts'
import type { Completion } from '../store/queries/completions.ts'
import { EventQueries } from '../store/queries/events.ts'
import type { EventListInput } from '../store/queries/events.ts'
import type { InPortions } from '../store/queries/id-windows.ts'
import { LookAlikeQueries } from '../store/queries/look-alikes.ts'
import { ProblemQueries } from '../store/queries/problems.ts'
import type { ProblemListInput } from '../store/queries/problems.ts'
import { StatusQueries } from '../store/queries/status.ts'
import { UserQueries } from '../store/queries/users.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { StoredSettings } from '../store/queries/settings.ts'
import { registerPathMatching } from '../store/queries/path-matching.ts'

import { planReads } from './plan-reads.ts'
import type { PlanReads } from './plan-reads.ts'

interface PageInput {
  limit: number
  cursor?: string | undefined
}
type SearchInput = PageInput & { search: string }
type TimelineInput = { id: string } & Omit<EventListInput, 'scope'>

/** What the main thread can ask of the reader. Every answer comes from the database alone. */
export interface ReaderMethods extends ReplayReads, PlanReads {
  summary(input: null): ReturnType<StatusQueries['summary']>
  events(input: EventListInput): InPortions<EventPage>
  eventIds(input: EventListInput): ReturnType<EventQueries['ids']>
  event(input: { id: number }): EventDetail
  histogram(input: Parameters<EventQueries['histogram']>[0]): InPortions<Histogram>
  completions(input: { key: string; prefix: string }): Completion[]
  users(input: SearchInput): ReturnType<UserQueries['list']>
  user(input: { id: string }): UserDetail
  userTimeline(input: TimelineInput): InPortions<EventPage>
  accounts(input: SearchInput): ReturnType<AccountQueries['list']>
  account(input: { id: string }): AccountDetail
  accountTimeline(input: TimelineInput): InPortions<EventPage>
  names(input: CatalogListInput): CatalogPage
  name(input: { name: string; trend: TrendSpan }): CatalogDetail
  problems(input: ProblemListInput): InPortions<ProblemPage>
  lintName(input: { name: string }): Problem[]
  /** What the name checker judges by from now on. */
  setLintConfig(input: LintConfig): void
  failedRules(input: null): FailedRule[]
  settings(input: null): StoredSettings
}

/** `makeWay` is called for each event that a query has to look into. */
export function readerMethods(database: Database.Database, makeWay = (): void => {}): ReaderMethods {
  registerPathMatching(database, makeWay)
  registerWordMatching(database, makeWay)
  ensureSearch(database)
  const events = new EventQueries(database)
  const users = new UserQueries(database)
  const accounts = new AccountQueries(database)
  let linter = createLinter(english)
  const judgeAlone = (name: string): Problem[] => linter.lintName(name, null)
  const lookAlikes = new LookAlikeQueries(database, judgeAlone)
  const catalog = new CatalogQueries(database, lookAlikes)
  const problems = new ProblemQueries(database)
  const status = new StatusQueries(database)

  function judge(name: string): Problem[] {
    return linter.lintName(name, lookAlikes.rivalOf(name))
  }

  return {
    summary: () => status.summary(),
    events: (input) => events.list(input),
    eventIds: (input) => events.ids(input),
    event: ({ id }) => events.get(id),
    histogram: (input) => events.histogram(input),
    completions: ({ key, prefix }) => completionsOf(database, key, prefix),
    users: (input) => users.list(input),
    user: (input) => users.get(input),
    userTimeline: ({ id, ...input }) =>
      events.list({ ...input, scope: { kind: 'person', person: users.personId(id) ?? -1 } }),
    accounts: (input) => accounts.list(input),
    account: (input) => accounts.get(input),
    accountTimeline: ({ id, ...input }) => events.list({ ...input, scope: { kind: 'account', account: id } }),
    names: (input) => catalog.list(input),
    name: (input) => catalog.get(input, judge),
    problems: (input) => problems.list(input),
    lintName: ({ name }) => judge(name),
    setLintConfig: (agreed) => {
      linter = createLinter(english, agreed)
    },
    failedRules: () => readFailedRules(database),
    settings: () => readSettings(database),
    ...planReads(database, judgeAlone),
    ...replayReads(database),
  }
}
