import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import type { Status } from '../../shared/contract/schemas.ts'
import { serve } from '../integration/command.ts'
import type { Served } from '../integration/command.ts'
import { clientOf, temporaryDirectory } from '../integration/served-engine.ts'
import { converse } from './conversation.ts'
import type { Conversation } from './conversation.ts'
import { codeOf, must, mustBeKept } from './expectation.ts'
import type { Kept } from './expectation.ts'
import { render } from './render.ts'
import { isForCapture, wireCase } from './wire-case.ts'
import type { WireCase, WireRequest } from './wire-case.ts'

const megabyte = 1024 * 1024
/** Cases that talk at the same time, at most. */
const together = 40
/** How long a normal call may take in the middle of it all, in milliseconds: the engine may be at a huge body. */
const normalCallMs = 15_000
/** How long analysis may take to catch up, in milliseconds. */
const analysisMs = 300_000

export interface CampaignOptions {
  cases: number
  seed: number
  /** Where a failed run is taken up: what fast-check has printed. */
  path?: string
  onProgress?(campaign: Campaign): void
}

/** An engine under fire: what it was sent, and whether it has kept its promises. */
export class Campaign {
  readonly data = temporaryDirectory()
  readonly sent = new Map<string, number>()
  readonly answered = new Map<string, number>()
  cases = 0
  #served: Served | null = null
  #database: Database.Database | null = null
  #readUpTo = 0
  /** Bytes of its own that the engine held after its first calls. */
  memoryAtStart = 0

  get served(): Served {
    if (this.#served === null) throw new Error('The engine is not started')
    return this.#served
  }

  get #port(): number {
    return Number(new URL(this.served.address.capture).port)
  }

  async start(): Promise<void> {
    this.#served = await serve(this.data)
    this.#database = new Database(join(this.data, 'trackside.db'), { readonly: true })
    for (let call = 0; call < 20; call += 1) await this.#normalCall(`warm-${call}`)
    await this.caughtUp()
    this.memoryAtStart = this.ownMemory()
  }

  async end(): Promise<number | null> {
    this.#database?.close()
    const code = (await this.#served?.end('SIGTERM')) ?? null
    rmSync(this.data, { recursive: true, force: true })
    return code
  }

  /** Bytes that the engine's process holds, without pages of files: the system takes those back at need. */
  ownMemory(): number {
    if (process.platform !== 'linux') return 0
    const status = readFileSync(`/proc/${this.served.process.pid}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1]) * 1024
  }

  /** Waits until analysis has seen the whole log. */
  async caughtUp(): Promise<Status> {
    const client = clientOf(this.served.address)
    const end = performance.now() + analysisMs
    for (;;) {
      const status = await client.get<Status>('/status')
      if (status.analysedUpTo >= status.lastEventId) return status
      must(performance.now() < end, `analysis is at ${status.analysedUpTo} of ${status.lastEventId}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Sends the cases of one run at the same time, and looks whether all promises were kept. */
  async fire(cases: readonly WireCase[]): Promise<void> {
    const { exitCode, signalCode } = this.served.process
    must(exitCode === null && signalCode === null, `the engine has ended with ${exitCode ?? signalCode}`)
    const first = this.cases
    this.cases += cases.length
    const outcomes = await Promise.all(cases.map((wire, index) => this.#send(wire, `${first + index}`)))
    await this.#normalCall(`normal-${first}`)
    const kept = this.#keptSince()
    for (const judge of outcomes) judge(kept)
  }

  /** Gives back the verdict on it, which needs the log. */
  async #send(wire: WireCase, mark: string): Promise<(kept: ReadonlyMap<string, Kept[]>) => void> {
    const count = (name: string): void => void this.sent.set(name, (this.sent.get(name) ?? 0) + 1)
    const { delivery } = wire
    switch (wire.kind) {
      case 'whole': {
        wire.requests.forEach(({ encoding }) => count(`whole, ${encoding}`))
        const parts = wire.requests.map((request, index) => render(request, `${mark}.${index}`))
        const conversation = await this.#converse({
          bytes: Buffer.concat(parts.map(({ bytes }) => bytes)),
          delivery,
          methods: wire.requests.map(({ method }) => method),
          areAllDue: true,
          then: wire.halfClosed ? 'half-close' : 'listen',
        })
        return (kept) => {
          for (const [index, request] of wire.requests.entries()) {
            const answer = conversation.answers[index]
            // A body over the limit ends the connection: what is behind it is not heard.
            if (conversation.answers[index - 1]?.status === 413 && answer === undefined) return
            const name = `${request.method} ${request.path} (${index})`
            must(answer !== undefined, `${name} is not answered: ${endOf(conversation)}`)
            named(name, () => {
              if (isForCapture(request))
                mustBeKept(answer, parts[index]?.plain ?? null, kept.get(`${mark}.${index}`) ?? [])
              else mustBeUnderstood(request, answer)
            })
          }
        }
      }
      case 'lying': {
        count(`lying, ${wire.lie}`)
        const { bytes } = render(wire.request, `${mark}.0`, wire.lie)
        const next = render({ ...wire.request, damage: [] }, `${mark}.1`).bytes
        const conversation = await this.#converse({
          bytes: wire.followed ? Buffer.concat([bytes, next]) : bytes,
          delivery,
          methods: [wire.request.method, wire.request.method],
          areAllDue: false,
          then: 'half-close',
        })
        return (kept) => this.#mustNotBeLost(conversation, kept, mark)
      }
      case 'cut': {
        count(wire.reset ? 'cut, reset' : 'cut, half-closed')
        const { bytes } = render(wire.request, `${mark}.0`)
        const conversation = await this.#converse({
          bytes: bytes.subarray(0, Math.floor(wire.at * (bytes.length - 1))),
          delivery,
          methods: [wire.request.method],
          areAllDue: false,
          then: wire.reset ? 'reset' : 'half-close',
        })
        return (kept) => {
          if (!wire.reset) this.#mustNotBeLost(conversation, kept, mark)
        }
      }
      case 'unheard': {
        count('unheard')
        const { bytes } = render(wire.request, `${mark}.0`)
        await this.#converse({ bytes, delivery, methods: [], areAllDue: false, then: 'reset' })
        return (kept) => must((kept.get(`${mark}.0`) ?? []).length <= 1, 'is in the log more than once')
      }
      case 'noise': {
        count('noise')
        const bytes = Buffer.concat([Buffer.from(wire.head, 'latin1'), Buffer.from(wire.bytes)])
        const conversation = await this.#converse({
          bytes,
          delivery,
          methods: [],
          areAllDue: false,
          then: 'half-close',
        })
        return (kept) => this.#mustNotBeLost(conversation, kept, mark)
      }
    }
  }

  async #converse(speech: Parameters<typeof converse>[1]): Promise<Conversation> {
    const conversation = await converse(this.#port, speech)
    for (const { status } of conversation.answers)
      this.answered.set(String(status), (this.answered.get(String(status)) ?? 0) + 1)
    return conversation
  }

  /** Whatever was made of it: it came to an end, without a failure, and what has a 200 is there. */
  #mustNotBeLost(conversation: Conversation, kept: ReadonlyMap<string, Kept[]>, mark: string): void {
    must(
      conversation.end !== 'silence',
      `is left without an answer and without an end: ${endOf(conversation)}`,
    )
    const stored = [...(kept.get(`${mark}.0`) ?? []), ...(kept.get(`${mark}.1`) ?? [])]
    const codes = conversation.answers.map((answer) => {
      must(answer.status < 500 || answer.status === 505, `is answered with ${answer.status}`)
      return answer.status === 200 ? null : answer.body.length === 0 ? 'HTTP' : codeOf(answer)
    })
    if (conversation.end !== 'their end') return
    const taken = codes.filter((code) => code === null).length
    const storedAsTaken = stored.filter(
      ({ accepted, rejection }) => rejection === null || accepted > 0,
    ).length
    must(storedAsTaken <= taken, `is in the log ${storedAsTaken} times, its sender heard ${taken} times 200`)
  }

  #keptSince(): Map<string, Kept[]> {
    const rows = this.#database
      ?.prepare<[number], Kept & { id: number; path: string }>(
        `SELECT request.id, request.path, count(event.id) AS events, coalesce(sum(event.accepted), 0) AS accepted,
           max(event.rejection_code) AS rejection
         FROM request LEFT JOIN event ON event.request_id = request.id WHERE request.id > ? GROUP BY request.id`,
      )
      .all(this.#readUpTo)
    const kept = new Map<string, Kept[]>()
    for (const { id, path, ...rest } of rows ?? []) {
      this.#readUpTo = Math.max(this.#readUpTo, id)
      const mark = new URLSearchParams(path.slice(path.indexOf('?'))).get('case') ?? ''
      kept.set(mark, [...(kept.get(mark) ?? []), rest])
    }
    return kept
  }

  /** A call such as an SDK sends: it is taken in time, and kept to the letter. */
  async #normalCall(messageId: string): Promise<void> {
    const body = JSON.stringify({ type: 'track', event: 'Normal Call Sent', userId: 'normal', messageId })
    const began = performance.now()
    const { answers, end } = await converse(this.#port, {
      bytes: Buffer.from(
        `POST /v1/track?case=${messageId} HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
      delivery: { pieces: 1, pauseMs: 0 },
      methods: ['POST'],
      areAllDue: true,
      then: 'listen',
    })
    must(answers[0]?.status === 200, `a normal call is answered with ${answers[0]?.status ?? end}`)
    const ms = performance.now() - began
    must(ms < normalCallMs, `a normal call takes ${Math.round(ms)} ms`)
    const row = this.#database
      ?.prepare<[string], { payload: string }>(
        `SELECT payload FROM request JOIN event ON event.request_id = request.id
         WHERE request.id > (SELECT max(id) FROM request) - 1000 AND request.path = ?`,
      )
      .get(`/v1/track?case=${messageId}`)
    must(row?.payload === body, `a normal call is kept as ${row?.payload}`)
  }

  /** At the end of it all: analysis has seen everything, the file is whole, nothing is counted wrongly. */
  async judgeTheWhole(): Promise<Status> {
    const status = await this.caughtUp()
    const value = (sql: string): unknown => this.#database?.prepare(sql).pluck().get()
    const events = value('SELECT count(*) FROM event')
    must(status.events === events, `the status has ${status.events} events, the log ${String(events)}`)
    const analysed = value('SELECT count(*) FROM analysed_event')
    must(analysed === events, `${String(analysed)} of ${String(events)} events are analysed`)
    must(status.trouble === null, `there is trouble: ${status.trouble}`)
    const integrity = value('PRAGMA integrity_check')
    must(integrity === 'ok', `the database is not whole: ${String(integrity)}`)
    return status
  }
}

function named(name: string, judge: () => void): void {
  try {
    judge()
  } catch (error) {
    throw new Error(`${name} ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function endOf({ end, answers, rest }: Conversation): string {
  const heard = answers.map(({ status }) => status).join(', ')
  return `${end} after ${heard === '' ? 'nothing' : heard}; ${rest.length} bytes of something else`
}

/** What is no call is answered as well, in words. */
function mustBeUnderstood({ method }: WireRequest, answer: Conversation['answers'][number]): void {
  if (method === 'OPTIONS') must(answer.status === 204, `is a preflight, answered with ${answer.status}`)
  else if (method === 'HEAD') must(answer.status < 500, `is answered with ${answer.status}`)
  else if (answer.status !== 200) codeOf(answer)
}

/** Fires about so many cases; throws what fast-check makes of a failure: the smallest case, its seed and its path. */
export async function fireAll(campaign: Campaign, options: CampaignOptions): Promise<void> {
  const { cases, seed, path, onProgress } = options
  await fc.assert(
    fc.asyncProperty(
      fc.array(wireCase, { minLength: 1, maxLength: together, size: 'max' }),
      async (fired) => {
        await campaign.fire(fired)
        onProgress?.(campaign)
      },
    ),
    {
      seed,
      ...(path === undefined ? {} : { path }),
      numRuns: Math.ceil(cases / (together / 2)),
      // Shrinking a run that hangs would take hours.
      interruptAfterTimeLimit: 24 * 3600_000,
      endOnFailure: false,
    },
  )
}

export const inMegabytes = (bytes: number): number => Math.round(bytes / megabyte)
