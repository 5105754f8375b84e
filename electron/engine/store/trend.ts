/** The narrowest stretch, in milliseconds. */
export const stretchMs = 2_000
/** A stretch is never wider than its age divided by this: in a chart of all, the oldest are two bars wide at most. */
const stretchesPerAge = 16

/** Events that came within a stretch of time. In units of `stretchMs` since 1970; widths are powers of two. */
export interface Stretch {
  start: number
  width: number
  events: number
}

/**
 * How many events came when: to two seconds for what is recent, and by ever wider stretches for what is older. So a
 * month takes fewer than 300 stretches, and each further doubling of the time 16 more.
 */
export class Trend {
  readonly #stretches: Stretch[] = []

  /** From `text`; an empty one has seen nothing. */
  static parse(text: string): Trend {
    const trend = new Trend()
    const numbers = JSON.parse(text) as number[]
    let end = 0
    for (let index = 0; index + 2 < numbers.length; index += 3) {
      const [gap = 0, width = 1, events = 0] = numbers.slice(index, index + 3)
      trend.#stretches.push({ start: end + gap, width, events })
      end += gap + width
    }
    return trend
  }

  /** JSON: for each stretch how far it is from the end of the one before, its width, and its events. */
  get text(): string {
    const numbers: number[] = []
    let end = 0
    for (const { start, width, events } of this.#stretches) {
      numbers.push(start - end, width, events)
      end = start + width
    }
    return JSON.stringify(numbers)
  }

  /** One more event; epoch milliseconds. */
  add(at: number): void {
    const start = Math.floor(at / stretchMs)
    const latest = this.#stretches.at(-1)
    if (latest !== undefined && start < latest.start + latest.width) {
      this.#addEarlier(start)
      return
    }
    this.#stretches.push({ start, width: 1, events: 1 })
    this.#widen(start)
  }

  /**
   * About how many events came in each of `bars` equal parts of a time, from `from` to `to` inclusive, in epoch
   * milliseconds. Those of a stretch that lies in several parts are shared out among them; no event is lost to rounding.
   */
  bars(from: number, to: number, bars: number): number[] {
    const shares = new TrendBars(from, to, bars)
    this.shareOut(shares)
    return shares.rounded
  }

  /** Adds its events to those of other trends over the same time. */
  shareOut(shares: TrendBars): void {
    for (const [index, stretch] of this.#stretches.entries()) {
      // Before its first event there was nothing, although the stretch that it is in may have begun.
      shares.add(stretch, index === 0)
    }
  }

  /** The clock went back: the event counts in the stretch that its time is in, or in the one before it. */
  #addEarlier(at: number): void {
    const found = this.#stretches.findLast(({ start }) => start <= at) ?? this.#stretches[0]
    if (found !== undefined) found.events += 1
  }

  #widen(now: number): void {
    let kept = 0
    for (const stretch of this.#stretches) {
      let { start, width } = stretch
      while (now - start >= 2 * width * stretchesPerAge) {
        width *= 2
        start = Math.floor(start / width) * width
      }
      const before = kept === 0 ? undefined : this.#stretches[kept - 1]
      if (before !== undefined && start < before.start + before.width) {
        before.events += stretch.events
      } else {
        this.#stretches[kept] = { start, width, events: stretch.events }
        kept += 1
      }
    }
    this.#stretches.length = kept
  }
}

/** A time in equal parts, among which the events of stretches are shared out. Epoch milliseconds. */
export class TrendBars {
  readonly #shares: number[]
  readonly #from: number
  readonly #barMs: number

  constructor(from: number, to: number, bars: number) {
    this.#shares = new Array<number>(bars).fill(0)
    this.#from = from
    this.#barMs = (to + 1 - from) / bars
  }

  /** `isCut` where what lies before the time is no part of the stretch. */
  add({ start, width, events }: Stretch, isCut: boolean): void {
    const shares = this.#shares
    const left = (start * stretchMs - this.#from) / this.#barMs
    const begin = isCut ? Math.max(0, left) : left
    const end = ((start + width) * stretchMs - this.#from) / this.#barMs
    // What is behind the end of the time has no events yet: the stretch there has only begun.
    const last = Math.min(shares.length, Math.ceil(end))
    for (let bar = Math.max(0, Math.floor(begin)); bar < last; bar += 1) {
      const overlap = Math.min(end, bar + 1, shares.length) - Math.max(begin, bar)
      shares[bar] = (shares[bar] ?? 0) + (events * overlap) / (Math.min(end, shares.length) - begin)
    }
  }

  get rounded(): number[] {
    return roundedKeepingSum(this.#shares)
  }
}

function roundedKeepingSum(shares: readonly number[]): number[] {
  let sum = 0
  return shares.map((share) => {
    const before = Math.round(sum)
    sum += share
    return Math.round(sum) - before
  })
}
