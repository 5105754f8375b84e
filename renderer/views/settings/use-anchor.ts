import { computed, onMounted, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { useRoute } from 'vue-router'

/**
 * Scrolls to a section when the address names it behind `#`: other places of the page lead there. Gives back whether it
 * does.
 */
export function useAnchor(anchor: string, section: Readonly<Ref<HTMLElement | null>>): ComputedRef<boolean> {
  const route = useRoute()
  const isNamed = computed(() => route.hash === `#${anchor}`)
  function scrollHere(): void {
    if (isNamed.value) section.value?.scrollIntoView({ block: 'start' })
  }
  onMounted(scrollHere)
  // What is unfolded because it is named has its height only after that.
  watch(isNamed, scrollHere, { flush: 'post' })
  return isNamed
}
