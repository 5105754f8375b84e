import { callTypes } from '../../event.ts'
import { shown } from '../metadata/value.ts'
import type { Finding, LintedEvent, Rule } from '../rule.ts'

export const missingField: Rule = {
  id: 'delivery/missing-field',
  severity: 'error',
  title: 'Call lacks what its type needs',
  documentation:
    'A group call needs `groupId`, the account; an alias call needs `previousId`, the id that is left behind, and `userId`, the one that takes its place. Where the path names the type, as in `/v1/track`, the body may leave `type` out, but may not have one that does not exist. Without a type in either place there is no call at all: such a one is refused, and shows its refusal instead of problems.',
  good: { type: 'group', userId: 'abc123', groupId: 'xyz789', traits: { name: 'Tesla, Inc' } },
  bad: { type: 'group', userId: 'abc123', traits: { name: 'Tesla, Inc' } },
  source: 'Segment spec',
  check(event) {
    return [...typeFindings(event), ...fieldFindings(event)]
  },
}

function typeFindings({ type, payload }: LintedEvent): Finding[] {
  const sent = payload['type']
  if (sent === undefined || sent === null || (callTypes as readonly unknown[]).includes(sent)) return []
  return [
    {
      path: 'type',
      message: `${shown(sent)} is no type of call`,
      reason: 'Only the path of this request tells what it is; in a batch, the call would be refused.',
      suggestion: type,
    },
  ]
}

function fieldFindings({
  type,
  payload,
  userId,
  anonymousId,
  previousId,
  accountId,
}: LintedEvent): Finding[] {
  const findings: Finding[] = []
  const groupId = payload['groupId']
  if (type === 'group' && (groupId === undefined || groupId === null || groupId === ''))
    findings.push({
      path: 'groupId',
      message: 'This group call has no groupId',
      reason: 'It describes an account and does not say which; the real service drops it.',
      suggestion: accountId,
    })
  if (type === 'alias' && previousId === null)
    findings.push({
      path: 'previousId',
      message: 'This alias call has no previousId',
      reason: 'It joins two ids, and names only one of them; the real service drops it.',
      suggestion: null,
    })
  // Where there is no id at all, `identity/missing` says so.
  if (type === 'alias' && userId === null && anonymousId !== null)
    findings.push({
      path: 'userId',
      message: 'This alias call has no userId',
      reason: 'It joins two ids, and does not say which takes the place of the other.',
      suggestion: null,
    })
  return findings
}
