import type { RouteLocationRaw } from 'vue-router'
import type { TracksideEvent } from '../../../shared/event.ts'

/** The timeline in which the event stands: its user's, else its account's; null while nobody is known. */
export function timelineOf({ id, person, accountId }: TracksideEvent): RouteLocationRaw | null {
  const query = { event: String(id) }
  if (person !== null) return { name: 'user', params: { id: person.id }, query }
  return accountId === null ? null : { name: 'account', params: { id: accountId }, query }
}
