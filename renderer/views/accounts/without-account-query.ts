import { quoteValue } from '../../../shared/query/index.ts'

/** The track calls of these users that name no account at all. */
export function withoutAccountQuery(userIds: readonly string[]): string {
  const users = userIds.length === 0 ? '' : ` user:${userIds.map((id) => quoteValue(id)).join(',')}`
  return `type:track missing:account${users}`
}
