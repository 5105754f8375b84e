import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { preferences } from '../../lib/preferences.ts'

export interface Column {
  id: string
  title: string
  /** As CSS grid takes it, until a person gives it a width. */
  width: string
  /** Pixels below which it is of no use. */
  least: number
  /** Numbers stand at the right. */
  end?: boolean
}

/** All that a row can show. */
export const columns: readonly Column[] = [
  { id: 'time', title: 'Time', width: '104px', least: 96 },
  { id: 'type', title: 'Type', width: '74px', least: 56 },
  { id: 'name', title: 'Name', width: 'minmax(0, 1.6fr)', least: 170 },
  { id: 'user', title: 'User', width: 'minmax(0, 1fr)', least: 110 },
  { id: 'account', title: 'Account', width: 'minmax(0, 0.9fr)', least: 100 },
  { id: 'source', title: 'Source', width: 'minmax(0, 0.7fr)', least: 80 },
  { id: 'library', title: 'Library', width: 'minmax(0, 1fr)', least: 110 },
  { id: 'id', title: 'Number', width: '76px', least: 60 },
  { id: 'problems', title: 'Problems', width: '92px', least: 64, end: true },
]

const usual = ['time', 'type', 'name', 'user', 'account', 'problems']
/** What goes first where there is not room for all. */
const expendable = ['library', 'source', 'id', 'account', 'user', 'type']
const gap = 12
const padding = 32
const widest = 800

const known = (id: string): Column | undefined => columns.find((column) => column.id === id)

export interface ColumnChoice {
  /** The columns that were chosen, in their order. */
  chosen: ComputedRef<Column[]>
  /** Those of them that there is room for. */
  shown: ComputedRef<Column[]>
  others: ComputedRef<Column[]>
  /** For `--columns` of the rows. */
  template: ComputedRef<string>
  show(id: string): void
  hide(id: string): void
  /** Up the menu is to the left in the list. */
  move(id: string, by: -1 | 1): void
  resize(id: string, pixels: number): void
  /** Pixels that it was given, or the least that it needs. */
  widthOf(id: string): number
  reset(): void
}

/** The columns of the list, as this browser remembers them, in a list that is `width` pixels wide. */
export function useColumns(width: () => number): ColumnChoice {
  const chosen = computed(() => {
    const remembered = preferences.liveColumns.value
    return (remembered.length > 0 ? remembered : usual).flatMap((id) => known(id) ?? [])
  })
  const shown = computed(() => {
    const fitting = [...chosen.value]
    const needed = (): number =>
      fitting.reduce((sum, { id, least }) => sum + (preferences.liveWidths.value[id] ?? least) + gap, padding)
    for (const id of expendable) {
      if (width() === 0 || needed() <= width()) break
      const index = fitting.findIndex((column) => column.id === id)
      if (index >= 0 && fitting.length > 1) fitting.splice(index, 1)
    }
    return fitting
  })
  const remember = (ids: string[]): void => {
    preferences.liveColumns.value = ids
  }
  const ids = (): string[] => chosen.value.map(({ id }) => id)

  return {
    chosen,
    shown,
    others: computed(() => columns.filter(({ id }) => !ids().includes(id))),
    template: computed(() =>
      shown.value
        .map(({ id, width: usualWidth }) => {
          const pixels = preferences.liveWidths.value[id]
          return pixels === undefined ? usualWidth : `${pixels}px`
        })
        .join(' '),
    ),
    show: (id) => remember([...ids(), id]),
    hide: (id) => remember(ids().filter((one) => one !== id)),
    move(id, by) {
      const order = ids()
      const from = order.indexOf(id)
      const to = from + by
      if (from < 0 || to < 0 || to >= order.length) return
      order.splice(to, 0, ...order.splice(from, 1))
      remember(order)
    },
    resize(id, pixels) {
      const least = known(id)?.least ?? gap
      const width = Math.round(Math.min(widest, Math.max(least, pixels)))
      preferences.liveWidths.value = { ...preferences.liveWidths.value, [id]: width }
    },
    widthOf: (id) => preferences.liveWidths.value[id] ?? known(id)?.least ?? 0,
    reset() {
      preferences.liveColumns.value = []
      preferences.liveWidths.value = {}
    },
  }
}
