import uPlot from 'uplot'
import type { Histogram } from '../../../shared/contract/schemas.ts'

export interface ChartEvents {
  /** A stretch of time was brushed, in epoch milliseconds, whole bars; `to` is null where the last one is taken. */
  brush(from: number, to: number | null): void
  reset(): void
  /** The bar under the pointer, and where it stands in pixels; null when there is none. */
  point(at: { bar: number; left: number } | null): void
}

/** Colours of the theme in force. */
export interface ChartColours {
  bar: string
  warning: string
  error: string
  label: string
  ground: string
}

export const chartHeight = 66
const axisHeight = 18
/** The least height of a part of a bar, as a share of the highest bar: one error among thousands is still seen. */
const leastShare = 0.09

/** Total, what is below the errors, what is below the warnings: drawn in this order, each covers the one before. */
export function stack({ buckets }: Histogram): uPlot.AlignedData {
  const highest = Math.max(1, ...buckets.map(({ events }) => events))
  const shown = (events: number): number => (events === 0 ? 0 : Math.max(events, highest * leastShare))
  const plain = buckets.map(({ events, errors, warnings }) => shown(events - errors - warnings))
  const warned = buckets.map(({ warnings }, index) => (plain[index] ?? 0) + shown(warnings))
  const total = buckets.map(({ errors }, index) => (warned[index] ?? 0) + shown(errors))
  return [buckets.map((_, index) => index), total, warned, plain]
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** A place on the axis in the words that its scale needs. */
export function timeLabel(ms: number, stepMs: number): string {
  if (stepMs >= 86_400_000) return dayAndMonth.format(ms)
  if (stepMs >= 1_800_000) return `${dayAndMonth.format(ms)} ${clock.format(ms)}`
  return (stepMs < 60_000 && ms % 60_000 !== 0 ? clockWithSeconds : clock).format(ms)
}

/** The histogram as a drawing: it knows of bars and pixels, its owner of events and queries. */
export function createChart(
  parent: HTMLElement,
  width: number,
  histogram: () => Histogram,
  colours: () => ChartColours,
  events: ChartEvents,
): uPlot {
  const startOf = (bar: number): number => Date.parse(histogram().from) + bar * histogram().bucketMs
  const bars = uPlot.paths.bars?.({ size: [0.76, 16], radius: 0.12 })
  const part = (colour: keyof ChartColours): uPlot.Series => ({
    fill: () => colours()[colour],
    stroke: () => colours().ground,
    width: 1,
    points: { show: false },
    ...(bars === undefined ? {} : { paths: bars }),
  })
  const hidden = { left: 0, top: 0, width: 0, height: 0 }
  return new uPlot(
    {
      width,
      height: chartHeight,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [-0.5, histogram().buckets.length - 0.5] },
        y: { range: (_plot, _least, most) => [0, Math.max(1, most)] },
      },
      axes: [
        {
          side: 0,
          size: axisHeight,
          gap: 3,
          font: '10.5px "JetBrains Mono Variable", monospace',
          stroke: () => colours().label,
          grid: { show: false },
          ticks: { show: false },
          splits: (plot) => labelledBars(plot.width, histogram()),
          values: (_plot, splits) => splits.map((bar) => timeLabel(startOf(bar + 0.5), histogram().bucketMs)),
        },
        { show: false },
      ],
      series: [{}, part('error'), part('warning'), part('bar')],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: 4 },
        bind: {
          dblclick: () => () => {
            events.reset()
            return null
          },
        },
      },
      hooks: {
        setCursor: [
          (plot) => {
            const { idx, left } = plot.cursor
            events.point(idx == null || left === undefined || left < 0 ? null : { bar: idx, left })
          },
        ],
        setSelect: [
          (plot) => {
            const { left, width: brushed } = plot.select
            if (brushed <= 0) return
            const first = Math.max(0, Math.round(plot.posToVal(left, 'x')))
            const last = Math.max(first, Math.round(plot.posToVal(left + brushed, 'x')))
            plot.setSelect(hidden, false)
            events.brush(startOf(first), last >= histogram().buckets.length - 1 ? null : startOf(last + 1))
          },
        ],
      },
    },
    stack(histogram()),
    parent,
  )
}

const labelWidth = 110
/** At the right of the labels stands the choice of the range. */
const choiceWidth = 150

/** Borders of bars that are labelled: as many as there is room for, at times that a clock shows. */
function labelledBars(width: number, { from, bucketMs, buckets }: Histogram): number[] {
  const room = Math.max(1, Math.floor(width / labelWidth))
  const least = Math.ceil(buckets.length / room)
  const first = Date.parse(from)
  const eastMs = -new Date(first).getTimezoneOffset() * 60_000
  const nice = [1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 90, 120, 240].find((every) => every >= least) ?? least
  const every = nice * bucketMs
  const offset = Math.ceil((first + eastMs) / every) * every - eastMs - first
  const labelled: number[] = []
  const barsIn = (pixels: number): number => (pixels / width) * buckets.length
  const last = buckets.length - barsIn(choiceWidth)
  for (let bar = offset / bucketMs; bar < last; bar += nice)
    if (bar >= barsIn(labelWidth / 3)) labelled.push(bar - 0.5)
  return labelled
}
