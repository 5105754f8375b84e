import { preferences } from '../../lib/preferences.ts'
import { showToast } from '../../lib/toasts.ts'

/** The queries that stand under a name in the navigation. */
export function useSavedViews() {
  const views = preferences.savedViews

  return {
    /** Under a name that is there already the new query takes the place of the old one. False without a name. */
    save(name: string, query: string): boolean {
      const view = { name: name.trim(), query }
      if (view.name === '') return false
      const isThere = views.value.some((one) => one.name === view.name)
      views.value = isThere
        ? views.value.map((one) => (one.name === view.name ? view : one))
        : [...views.value, view]
      showToast(`Saved as “${view.name}”.`)
      return true
    },

    rename(from: string, to: string): void {
      const name = to.trim()
      if (name === '' || name === from) return
      if (views.value.some((one) => one.name === name)) {
        showToast(`There is a view “${name}” already.`, { tone: 'error' })
        return
      }
      views.value = views.value.map((one) => (one.name === from ? { ...one, name } : one))
    },

    remove(name: string): void {
      const before = views.value
      views.value = before.filter((one) => one.name !== name)
      showToast(`Removed the view “${name}”.`, {
        action: { label: 'Undo', run: () => (views.value = before) },
      })
    },
  }
}
