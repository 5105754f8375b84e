/** More requests than these in one turn of the writer may mean that senders are queueing up. */
const floodRequests = 8
/** They do where so many come for each millisecond since the last ones: it was not the writer that let them gather. */
const floodRequestsPerMs = 4
/**
 * Few that are large may mean it, too: where appending takes such a part of the time. Where senders queue up it takes half
 * at least, because analysis rests for as long as it has taken; at ten thousand events a second, in batches, a seventh.
 */
const floodShare = 0.35
/** Over how many milliseconds that part is taken, about. */
const shareMs = 50
/**
 * How long the line has to be silent after that until analysis goes on by itself, in milliseconds. Senders who have all got
 * their answers are silent for a moment, too: after 1 ms, one slice of one event after the other began in such gaps, and
 * they took a seventh of the writer's time.
 */
const silenceMs = 5
/** After it has caught up, analysis lets calls gather for so long, in milliseconds: each commit writes many pages. */
const gatherMs = 10
/**
 * How long a slice is while nothing waits, in milliseconds. Each commit writes the pages that its events have touched: with
 * 25 ms, analysing an event takes a tenth longer, with 5 ms half as long again.
 */
export const longestSliceMs = 50
/**
 * Calls that arrive in a slice wait for so long at most, until it makes way, in milliseconds. What a commit costs is the
 * same for one event as for thirty, about: at 1,000 calls a second, slices that ended with the first of them wrote
 * 100 MB a second, and the disk kept everybody waiting.
 */
const shortestSliceMs = 2
/**
 * While so many events wait for analysis, it takes what it can get: longer slices, and the next one as soon as the line has
 * been silent for a moment. With it, 5,000 events a second in batches are followed, and 3,300 without.
 */
const farBehind = { events: 2_000, shortestSliceMs: 6, silenceMs: 1.5 }
/** How long one is that runs to its end in the middle of a flood: appends wait for it. */
export const overdueSliceMs = 5
/** After this long without a slice, one is due whatever arrives: in milliseconds. */
const longestRestMs = 250

/** Why a slice has ended: there is nothing more to analyse, somebody wanted the writer, or its time was over. */
export type SliceEnd = 'caught up' | 'cut short' | 'time over'

/**
 * When analysis may have the writer. In a flood nothing waits for a moment at a time only because the next calls are
 * still on their way: analysis begun in such a gap holds up everybody behind them. So it stands back until the line is
 * silent, and takes a slice every now and then, so that even an endless flood is followed.
 */
export class AnalysisPace {
  /** Milliseconds. */
  readonly #now: () => number
  #floodAt = -Infinity
  #appendedAt: number
  #begunAt = -Infinity
  #isFarBehind = false
  /** Which part of the time appending takes. */
  #appendShare = 0
  #restsSince: number
  /** How long calls are let gather after the latest slice, in milliseconds. */
  #gathersFor = 0

  constructor(now: () => number) {
    this.#now = now
    this.#restsSince = this.#appendedAt = now()
  }

  /** A turn has brought so many requests, and taken so many milliseconds to append them. */
  appended(requests: number, ms: number): void {
    const now = this.#now()
    const sinceLast = now - this.#appendedAt
    const areQueueing = requests > floodRequests && requests > sinceLast * floodRequestsPerMs
    const kept = Math.exp(-sinceLast / shareMs)
    if (sinceLast > 0) this.#appendShare = kept * this.#appendShare + (1 - kept) * Math.min(1, ms / sinceLast)
    // Once it is a flood, a small turn in the middle is part of it.
    if (areQueueing || this.#appendShare > floodShare || now < this.#floodAt + silenceMs) this.#floodAt = now
    this.#appendedAt = now
  }

  /** A slice begins, while so many events wait for analysis. */
  begin(behind: number): void {
    this.#begunAt = this.#now()
    this.#isFarBehind = behind > farBehind.events
  }

  /** Whether the slice that goes on may make way: in a flood at once, because everybody is held up. */
  get mayMakeWay(): boolean {
    const now = this.#now()
    const shortestMs = this.#isFarBehind ? farBehind.shortestSliceMs : shortestSliceMs
    return now >= this.#begunAt + shortestMs || now < this.#floodAt + longestRestMs
  }

  /** The slice has ended. */
  end(why: SliceEnd): void {
    this.#restsSince = this.#now()
    const tookMs = this.#restsSince - this.#begunAt
    // Who came in its middle has as much time as it has taken.
    if (why === 'cut short') this.#gathersFor = tookMs
    else this.#gathersFor = why === 'caught up' ? gatherMs : 0
  }

  /** Milliseconds until a slice may begin; 0 for now. */
  get waitMs(): number {
    const now = this.#now()
    const afterFlood = Math.min(this.#floodAt + silenceMs, this.#restsSince + longestRestMs)
    const rested = this.#restsSince + this.#gathersFor
    const mayGoOn = this.#isFarBehind ? Math.min(rested, this.#appendedAt + farBehind.silenceMs) : rested
    return Math.max(0, afterFlood - now, mayGoOn - now)
  }

  /** Whether a slice that begins now is to come to its end, even if calls arrive in the middle. */
  get isOverdue(): boolean {
    return this.#now() >= this.#restsSince + longestRestMs
  }
}
