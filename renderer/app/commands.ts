import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { withTerm } from '../../shared/query/index.ts'
import { useAnswer } from '../lib/answer.ts'
import { preferences } from '../lib/preferences.ts'
import { places } from './places.ts'
import { router } from './routes.ts'

/** Something that the palette can do or open. */
export interface Command {
  id: string
  group: 'Views' | 'Saved views' | 'Users' | 'Accounts' | 'Names' | 'Search' | 'Appearance' | 'Help'
  label: string
  detail?: string | undefined
  keys?: string
  run: () => void
}

const typingMs = 120
const mostFound = 5

const live = (query: string): void =>
  void router.push({ path: '/live', query: query === '' ? {} : { q: query } })

function fixedCommands(showShortcuts: () => void): Command[] {
  return [
    ...places.map(({ title, path, keys }) => ({
      id: path,
      group: 'Views' as const,
      label: title,
      keys,
      run: () => void router.push(path),
    })),
    ...preferences.savedViews.value.map(({ name, query }) => ({
      id: `view:${name}`,
      group: 'Saved views' as const,
      label: name,
      detail: query,
      run: () => live(query),
    })),
    ...(['dark', 'light', 'system'] as const).map((theme) => ({
      id: `theme:${theme}`,
      group: 'Appearance' as const,
      label: theme === 'system' ? 'Theme of the system' : `${theme === 'dark' ? 'Dark' : 'Light'} theme`,
      run: () => (preferences.theme.value = theme),
    })),
    { id: 'shortcuts', group: 'Help', label: 'All shortcuts', keys: 'Shift+?', run: showShortcuts },
  ]
}

/** What fits the text: views and actions at once, users, accounts and names as the engine finds them. */
export function useCommands(text: Ref<string>, showShortcuts: () => void): ComputedRef<Command[]> {
  const search = refDebounced(text, typingMs)
  const { value: found } = useAnswer(
    () => search.value.trim() || null,
    async (client, term) => {
      const page = { search: term, limit: mostFound }
      const [{ users }, { accounts }, { names }] = await Promise.all([
        client.users.list(page),
        client.accounts.list(page),
        client.catalog.list(page),
      ])
      return { users, accounts, names }
    },
  )
  return computed(() => {
    const term = text.value.trim()
    const fixed = fixedCommands(showShortcuts).filter(({ label, detail }) =>
      `${label} ${detail ?? ''}`.toLowerCase().includes(term.toLowerCase()),
    )
    if (term === '') return fixed
    const { users = [], accounts = [], names = [] } = found.value ?? {}
    return [
      ...fixed,
      ...users.map(({ id, label, email }): Command => ({
        id: `user:${id}`,
        group: 'Users',
        label,
        detail: email ?? id,
        run: () => void router.push({ name: 'user', params: { id } }),
      })),
      ...accounts.map(({ id, name }): Command => ({
        id: `account:${id}`,
        group: 'Accounts',
        label: name ?? id,
        detail: id,
        run: () => void router.push({ name: 'account', params: { id } }),
      })),
      ...names.map(({ name }): Command => ({
        id: `name:${name}`,
        group: 'Names',
        label: name,
        run: () => live(withTerm('', 'event', name)),
      })),
      { id: 'search', group: 'Search', label: `Search all events for “${term}”`, run: () => live(term) },
    ]
  })
}
