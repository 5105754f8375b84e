import { computed, nextTick, reactive, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { firstChildren, moreChildren, rowsOf } from './rows.ts'
import type { MoreRow, TreeRow, ValueRow } from './rows.ts'

export interface Tree {
  rows: ComputedRef<TreeRow[]>
  /** The row that Tab reaches; the arrows move it. */
  activeIndex: ComputedRef<number>
  activate(row: TreeRow): void
  toggle(row: ValueRow): void
  showMore(row: MoreRow): void
  /** What a key does in a tree, as the ARIA practices have it. True where it did something. */
  press(key: string): boolean
}

export const rowKey = (row: TreeRow): string => `${row.kind} ${row.path}`

/** A row that is kept is not drawn again. Equal paths have equal steps, and so the same level. */
function isSame(row: TreeRow, other: TreeRow): boolean {
  if (row.kind === 'more')
    return other.kind === 'more' && row.shown === other.shown && row.hidden === other.hidden
  return other.kind === 'value' && row.value === other.value && row.isOpen === other.isOpen
}

/** What is open, what is shown and where the keyboard is in a tree. `focus` moves the focus to a row. */
export function useTree(
  root: () => string,
  value: () => unknown,
  marked: () => readonly string[],
  focus: (index: number) => void,
): Tree {
  const open = reactive(new Map<string, boolean>())
  const shown = reactive(new Map<string, number>())
  const activeKey: Ref<string | null> = ref(null)

  const rows = computed<TreeRow[]>((before) => {
    const known = new Map(before?.map((row) => [rowKey(row), row]))
    return rowsOf(root(), value(), {
      isOpen: (path) => open.get(path) ?? null,
      marked: marked(),
      shown: (path) => shown.get(path) ?? firstChildren,
    }).map((row) => {
      const same = known.get(rowKey(row))
      return same !== undefined && isSame(row, same) ? same : row
    })
  })
  const activeIndex = computed(() =>
    Math.max(
      0,
      rows.value.findIndex((row) => rowKey(row) === activeKey.value),
    ),
  )

  function activate(row: TreeRow): void {
    activeKey.value = rowKey(row)
  }

  function toggle(row: ValueRow): void {
    if (row.size !== null && row.size > 0) open.set(row.path, !row.isOpen)
  }

  function showMore(row: MoreRow): void {
    const index = rows.value.indexOf(row)
    shown.set(row.path, row.shown + moreChildren)
    // The button is gone: the first of what it brought takes its place.
    void nextTick(() => moveTo(index))
  }

  function moveTo(index: number): boolean {
    const row = rows.value[index]
    if (row === undefined) return false
    activate(row)
    focus(index)
    return true
  }

  function moveToParent(index: number, level: number): boolean {
    return moveTo(rows.value.findLastIndex((row, at) => at < index && row.level < level))
  }

  function press(key: string): boolean {
    const index = activeIndex.value
    const row = rows.value[index]
    if (row === undefined) return false
    switch (key) {
      case 'ArrowDown':
        return moveTo(index + 1)
      case 'ArrowUp':
        return moveTo(index - 1)
      case 'Home':
        return moveTo(0)
      case 'End':
        return moveTo(rows.value.length - 1)
      case 'ArrowLeft':
        if (row.kind === 'value' && row.isOpen) toggle(row)
        else moveToParent(index, row.level)
        return true
      case 'ArrowRight':
        if (row.kind === 'value' && row.isOpen) moveTo(index + 1)
        else if (row.kind === 'value') toggle(row)
        return true
      case 'Enter':
      case ' ':
        if (row.kind === 'more') showMore(row)
        else toggle(row)
        return true
      default:
        return false
    }
  }

  return { rows, activeIndex, activate, toggle, showMore, press }
}
