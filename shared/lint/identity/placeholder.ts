import type { Finding, LintedEvent, Rule } from '../rule.ts'
import { shown } from '../metadata/value.ts'
import { wordSet } from '../words/word-set.ts'

export const placeholder: Rule = {
  id: 'identity/placeholder',
  severity: 'error',
  title: 'Id is a placeholder',
  documentation:
    'An id such as `"undefined"`, `"0"` or `"anonymous"` is shared by everybody for whom the real one was not known. All of them become one person, and that can’t be undone later. Before somebody has signed in, leave `userId` out and let the `anonymousId` do its work.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'undefined' },
  source: 'experience',
  check(event) {
    return idsOf(event).flatMap(([path, id]) => (id !== null && isPlaceholder(id) ? [finding(path, id)] : []))
  },
}

function idsOf(event: LintedEvent): [path: string, id: string | null][] {
  return [
    ['userId', event.userId],
    ['anonymousId', event.anonymousId],
    ['previousId', event.previousId],
    [event.type === 'group' ? 'groupId' : 'context.groupId', event.accountId],
  ]
}

function finding(path: string, id: string): Finding {
  const account = path.endsWith('groupId')
  return {
    path,
    message: `${shown(id)} is a placeholder, not an id`,
    reason: account
      ? 'Everybody who sends it is put into one account.'
      : 'Everybody who sends it becomes one and the same person.',
    suggestion: null,
  }
}

const placeholders = wordSet(`
  null undefined nil none nan na n/a 0 -1 true false anonymous anon guest unknown test tester testing user userid user_id user-id
  username anonymousid anonymous_id groupid group_id accountid account_id companyid company_id your_user_id your-user-id
  id string default empty dummy example sample placeholder todo tbd xxx foo bar {} [] () "" '' - _ . ? *
`)

export function isPlaceholder(id: string): boolean {
  if (id.length > 60) return false
  const text = id.trim().toLowerCase()
  if (text === '' || placeholders.has(text)) return true
  if (/^\[object \w+\]$/.test(text) || /^[0-]+$/.test(text)) return true
  // A template that nobody filled in.
  return /^(?:\$\{.*\}|\{\{.*\}\}|<[a-z_ -]+>|%s|:\w*id)$/.test(text)
}
