import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { computed, watchEffect } from 'vue'

export type Theme = 'system' | 'dark' | 'light'

export interface SavedView {
  name: string
  query: string
}

/** What this browser remembers of how its person likes the page. None of it is about events. */
export const preferences = {
  theme: useLocalStorage<Theme>('trackside.theme', 'system'),
  savedViews: useLocalStorage<SavedView[]>('trackside.saved-views', []),
  /** Pixels. */
  asideWidth: useLocalStorage('trackside.aside-width', 432),
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
