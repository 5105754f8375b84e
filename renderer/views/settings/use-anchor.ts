import { onMounted, watch } from 'vue'
import type { Ref } from 'vue'
import { useRoute } from 'vue-router'

/** Scrolls to a section when the address names it behind `#`: other places of the page lead there. */
export function useAnchor(anchor: string, section: Readonly<Ref<HTMLElement | null>>): void {
  const route = useRoute()
  function scrollHere(): void {
    if (route.hash === `#${anchor}`) section.value?.scrollIntoView({ block: 'start' })
  }
  onMounted(scrollHere)
  watch(() => route.hash, scrollHere)
}
