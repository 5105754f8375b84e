import { computed, ref } from 'vue'
import type { ComputedRef } from 'vue'

export interface Pause {
  isPaused: ComputedRef<boolean>
  toggle(): void
  /** Follows again, from the top. */
  resume(): void
  /** A list that was scrolled away from its top stands still until it is back. */
  scrolled(isAway: boolean): void
}

/** The list stands still when a person says so, and while they look at what is farther down. */
export function usePause(scrollToTop: () => void): Pause {
  const isHeld = ref(false)
  const isAway = ref(false)
  const isPaused = computed(() => isHeld.value || isAway.value)

  function resume(): void {
    isHeld.value = false
    isAway.value = false
    scrollToTop()
  }

  return {
    isPaused,
    resume,
    toggle: () => (isPaused.value ? resume() : (isHeld.value = true)),
    scrolled: (away) => (isAway.value = away),
  }
}
