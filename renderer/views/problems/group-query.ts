import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import { withTerm } from '../../../shared/query/index.ts'
import { withName } from '../../lib/name-text.ts'
import { queryWithin } from './range.ts'

/** The query for the events of a group, within those that `query` asks for. */
export function queryOfGroup(query: string, { rule, type, name, source }: ProblemGroup): string {
  const ofRule = withTerm(queryWithin(query, null, source), 'problem', rule)
  if (type !== 'track') return type === null ? ofRule : withTerm(ofRule, 'type', type)
  // A blank name is stored as none, but the language tells the two apart.
  return name === null ? `${ofRule} type:track (missing:event OR event:"")` : withName(ofRule, name)
}
