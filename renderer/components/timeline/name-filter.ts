import { hasTerm, withTerm, withoutTerm } from '../../../shared/query/index.ts'

/** The query for the calls of this name, or without it where it already asks for them. One at a time: no call has two. */
export function withNameToggled(query: string, name: string): string {
  const others = withoutTerm(query, 'event')
  return hasTerm(query, 'event', name) ? others : withTerm(others, 'event', name)
}
