import type Database from 'better-sqlite3'
import type { Batch } from '../../../shared/lint/rule.ts'
import { isOfRequest } from '../store/queries/request-rows.ts'
import type { AnalysedCall } from './analysed-call.ts'

interface Members {
  /** The first call that was accepted. */
  first: number
  events: number
}

/** What calls came together with. Of a batch it is looked up once: its calls follow each other. */
export class Batches {
  readonly #statement: Database.Statement<[{ request: number }], Members>
  #latest: { request: number; members: Members } | null = null

  constructor(database: Database.Database) {
    this.#statement = database.prepare(
      `SELECT (SELECT id FROM event WHERE ${isOfRequest} AND accepted = 1 ORDER BY id LIMIT 1) AS first,
         (SELECT batch_index + 1 FROM event WHERE ${isOfRequest} ORDER BY id DESC LIMIT 1) AS events
       FROM request WHERE request.id = :request`,
    )
  }

  /** null for a call that came alone. */
  of({ id, request }: AnalysedCall): Batch | null {
    if (request.batchIndex === null) return null
    const { first, events } = this.#membersOf(request.id)
    return { isFirst: id === first, events, bytes: request.bytes, sentAt: request.batch['sentAt'] }
  }

  /** After events were deleted. */
  forget(): void {
    this.#latest = null
  }

  #membersOf(request: number): Members {
    if (this.#latest?.request !== request) {
      const members = this.#statement.get({ request }) ?? { first: 0, events: 0 }
      this.#latest = { request, members }
    }
    return this.#latest.members
  }
}
