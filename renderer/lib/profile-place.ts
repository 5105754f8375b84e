import type { RouteLocationRaw } from 'vue-router'

/*
 * An id stands in the path of its page, and an SDK may send any text as an id. The one text that a path can't hold,
 * however it is escaped, is a lone `.` or `..`: browsers resolve it away. Such ids get a `~` in front.
 */
const dots = /^~*\.{1,2}$/

export const pathOfId = (id: string): string => (dots.test(id) ? `~${id}` : id)

/** What `pathOfId` was given. */
export const idOfPath = (text: string): string =>
  text.startsWith('~') && dots.test(text) ? text.slice(1) : text

/** Where a user is shown; `id` as the contract has it, `anonymous:…` for an unknown one. */
export const userPlace = (id: string): RouteLocationRaw => ({ name: 'user', params: { id: pathOfId(id) } })

export const accountPlace = (id: string): RouteLocationRaw => ({
  name: 'account',
  params: { id: pathOfId(id) },
})
