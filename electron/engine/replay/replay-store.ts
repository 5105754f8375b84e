import type { EventListInput } from '../store/queries/events.ts'
import type { ReplayWriteMethods } from '../store/replay-writes.ts'
import type { ReplayReads } from './replay-reads.ts'

/** The same functions, reached from another thread. */
type Async<Methods> = {
  [K in keyof Methods]: Methods[K] extends (input: infer Input) => infer Output
    ? (input: Input) => Promise<Output>
    : never
}

/** What replay needs of the reader's thread. */
export type ReplayReader = Async<
  ReplayReads & {
    /** Ids in the order of the log. Raises QUERY_SYNTAX. */
    eventIds(input: EventListInput): { ids: number[]; nextCursor: string | null; upTo: number }
  }
>

/** What replay needs of the writer's thread. */
export type ReplayWriter = Async<ReplayWriteMethods>
