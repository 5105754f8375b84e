/**
 * By how much analysis slows down those who send as fast as they are answered. It is a tenth at most, with what is taken
 * for chance.
 */
const allowedSlowdown = 0.06
/** What part of the time analysis takes as long as nothing has shown what that costs the senders. */
const untriedPart = 0.5
/** Of what was seen of the senders, so much counts after another slice: the latest six or so. */
const rememberedPart = 0.85
/** What was seen before such a rest says nothing of who sends now: in milliseconds. */
const forgottenMs = 1_000
/** Fewer come late in a slice than early by chance, too: such a part. */
const chance = 0.5
/**
 * Senders queue up for the writer where their calls take such a part of its time while analysis does not: a flood. Of
 * those who wait for their answers that is known sooner, and it is over where less is left of it. At ten thousand events a
 * second, in batches, they take a tenth.
 */
const floodShare = { begins: 0.35, goesOn: 0.2, ofOthers: 0.6 }
/** Over how many milliseconds that part is taken, about. */
const shareMs = 50
/**
 * How long the line has to be silent until analysis goes on by itself, in milliseconds. Senders who have all got their
 * answers are silent for a moment, too: after 1 ms, one slice of one event after the other began in such gaps, and they
 * took a seventh of the writer's time.
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
const shortestWaitMs = 2
/**
 * The more events wait for analysis, the longer it keeps those who arrive waiting: a millisecond for so many of them, up to
 * `longestWaitMs`. An event in a slice of 8 ms costs a quarter less than in one of 2 ms, in one of 16 ms a third.
 */
const eventsPerMs = 250
const longestWaitMs = 16
/** How long one is that runs to its end in the middle of a flood: appends wait for it. */
export const overdueSliceMs = 5
/** After this long without a slice, one is due whatever arrives: in milliseconds. */
const longestRestMs = 250

/**
 * When analysis may have the writer. Senders who wait for their answers before they send on are slowed down by each of its
 * slices; others only wait for a moment, and it may take what it needs. Which they are shows in when they come: of those
 * who wait, all come early in a slice, and late in it nobody is left who could. In a flood, where the writer is what they
 * queue up for, analysis stands back until the line is silent, and takes a slice every now and then, so that even an endless
 * flood is followed.
 */
export class AnalysisPace {
  /** Milliseconds. */
  readonly #now: () => number
  #isFlood = false
  #answeredAt: number
  #begunAt = -Infinity
  /** How long who arrives in the slice is kept waiting, in milliseconds. */
  #keepsWaitingFor = shortestWaitMs
  /** Calls that have come in the first half of that time; null while it lasts. */
  #cameEarly: number | null = null
  /** Whether some have come in the latest slice who wait to be answered. */
  #hasKeptWaiting = false
  /** Calls that have come in the two halves of slices, the older the less. */
  #early = 0
  #late = 0
  /** Which part of the time between slices answering takes, what has come in a slice aside. */
  #answerShare = 0
  #restsSince: number
  /** Up to here what happened between slices has been looked at. */
  #seenUpTo: number
  /** How long calls are let gather after the latest slice, in milliseconds. */
  #gathersFor = 0
  /** How long it rests after the latest slice unless the line is silent, in milliseconds. */
  #restsFor = 0

  constructor(now: () => number) {
    this.#now = now
    this.#restsSince = this.#answeredAt = this.#seenUpTo = now()
  }

  /** A turn has answered calls, which took so many milliseconds. */
  answered(ms: number): void {
    this.#answeredAt = this.#now()
    if (this.#hasKeptWaiting) {
      // Only now have those who came in the slice got their answers, and may send on.
      this.#hasKeptWaiting = false
      this.#restsSince = this.#seenUpTo = this.#answeredAt
      return
    }
    this.#see(ms)
  }

  /** A slice begins, while so many events wait for analysis. */
  begin(behind: number): void {
    this.#see(0)
    this.#begunAt = this.#now()
    this.#cameEarly = null
    this.#keepsWaitingFor = this.isOverdue
      ? overdueSliceMs
      : Math.min(Math.max(shortestWaitMs, behind / eventsPerMs), longestWaitMs)
  }

  /** Whether it is time to say, once a slice, how many calls have come in it. */
  get isHalfWay(): boolean {
    return this.#cameEarly === null && this.#now() >= this.#begunAt + this.#keepsWaitingFor / 2
  }

  halfWay(calls: number): void {
    this.#cameEarly = calls
  }

  /** The slice has ended. So many calls have come in it, and it `hasCaughtUp` where nothing more is to be analysed. */
  end(calls: number, hasCaughtUp: boolean): void {
    const now = this.#now()
    const tookMs = now - this.#begunAt
    if (calls > 0 && this.#cameEarly !== null && tookMs >= this.#keepsWaitingFor) {
      this.#early = rememberedPart * this.#early + this.#cameEarly
      this.#late = rememberedPart * this.#late + calls - this.#cameEarly
    }
    this.#hasKeptWaiting = calls > 0
    this.#restsSince = this.#seenUpTo = now
    this.#gathersFor = hasCaughtUp ? gatherMs : 0
    this.#restsFor = calls > 0 ? tookMs * (1 / this.#part - 1) : 0
  }

  /** Whether the slice that goes on may make way: in a flood at once, because everybody is held up. */
  get mayMakeWay(): boolean {
    return this.#isFlood || this.#now() >= this.#begunAt + this.#keepsWaitingFor
  }

  /** Milliseconds until a slice may begin; 0 for now. */
  get waitMs(): number {
    const now = this.#now()
    const silentAt = Math.max(this.#answeredAt, this.#restsSince) + silenceMs
    const restedAt = this.#restsSince + (this.#isFlood ? longestRestMs : this.#restsFor)
    return Math.max(0, Math.min(silentAt, restedAt) - now, this.#restsSince + this.#gathersFor - now)
  }

  /** Whether a slice that begins now is to come to its end, even if calls arrive in the middle. */
  get isOverdue(): boolean {
    return this.#now() >= this.#restsSince + longestRestMs
  }

  /**
   * What part of the time analysis may take: where late in a slice nobody comes any more, so much that those who are kept
   * waiting are slowed down as far as is allowed.
   */
  get #part(): number {
    if (this.#early + this.#late === 0) return untriedPart
    const missing = this.#early === 0 ? 0 : 1 - this.#late / this.#early
    return Math.min(1, allowedSlowdown / Math.max(allowedSlowdown, (missing - chance) / (1 - chance)))
  }

  /** Since the last look, so many milliseconds between slices were spent on answers. */
  #see(ms: number): void {
    const now = this.#now()
    const elapsedMs = now - this.#seenUpTo
    this.#seenUpTo = now
    if (elapsedMs > forgottenMs) this.#early = this.#late = 0
    if (elapsedMs <= 0) return
    const kept = Math.exp(-elapsedMs / shareMs)
    this.#answerShare = kept * this.#answerShare + (1 - kept) * Math.min(1, ms / elapsedMs)
    const { begins, goesOn, ofOthers } = floodShare
    const doWait = this.#part < untriedPart
    this.#isFlood = this.#answerShare > (doWait ? (this.#isFlood ? goesOn : begins) : ofOthers)
  }
}
