import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'

/** Milliseconds without a keystroke after which somebody has typed what they meant. */
const restMs = 150

/**
 * What stands in a field, and becomes `value` after a short rest; `value` may change by itself, as with the back
 * button, and takes what stands in the field along. What `value` is of what was typed, `written` says.
 */
export function useTypedText(
  value: Ref<string>,
  written: (typed: string) => string = (typed) => typed.trim(),
): {
  typed: Ref<string>
  /** Without waiting for the rest: for a field that is left, since a change that comes later would undo where one went. */
  settle: () => void
  clear: () => void
} {
  const typed = ref(value.value)
  /** Set here and not yet seen to arrive: an address changes a moment later, when more may have been typed. */
  const onTheirWay: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(timer)
    const text = written(typed.value)
    if (text === value.value) return
    onTheirWay.push(text)
    value.value = text
  }

  watch(typed, () => {
    clearTimeout(timer)
    timer = setTimeout(settle, restMs)
  })
  watch(value, (to) => {
    const index = onTheirWay.indexOf(to)
    if (index >= 0) onTheirWay.splice(0, index + 1)
    else if (to !== written(typed.value)) typed.value = to
  })
  // Another view would get it into its address.
  onScopeDispose(() => clearTimeout(timer))

  return {
    typed,
    settle,
    clear() {
      typed.value = ''
      settle()
    },
  }
}
