import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { computed, watchEffect } from 'vue'

export type Theme = 'system' | 'dark' | 'light'

export interface SavedView {
  name: string
  query: string
}

/** What this browser remembers of how its person likes the page, and what they wrote: no event is in it. */
export const preferences = {
  theme: useLocalStorage<Theme>('trackside.theme', 'system'),
  savedViews: useLocalStorage<SavedView[]>('trackside.saved-views', []),
  /** What was asked lately, the latest first. */
  recentQueries: useLocalStorage<string[]>('trackside.recent-queries', []),
  /** Ids of marked events, by data directory: another log has other events under the same ids. */
  marks: useLocalStorage<Record<string, number[]>>('trackside.marks', {}),
  /** Columns of Live in their order, and the pixels of those that were given a width. */
  liveColumns: useLocalStorage<string[]>('trackside.live-columns', []),
  liveWidths: useLocalStorage<Record<string, number>>('trackside.live-widths', {}),
  /** Pixels. */
  asideWidth: useLocalStorage('trackside.aside-width', 432),
  namingLessonIsOpen: useLocalStorage('trackside.naming-lesson-is-open', true),
  /** The id of the language in which calls are shown as code. */
  codeLanguage: useLocalStorage('trackside.code-language', 'javascript'),
  tourIsDone: useLocalStorage('trackside.tour-is-done', false),
}

const prefersDark = usePreferredDark()

export const theme = computed<'dark' | 'light'>(() => {
  if (preferences.theme.value !== 'system') return preferences.theme.value
  return prefersDark.value ? 'dark' : 'light'
})

/** Keeps the tokens of `app/tokens.css` in step with the theme. */
export function applyTheme(): void {
  watchEffect(() => {
    document.documentElement.dataset['theme'] = theme.value
  })
}
