import { shown, typeName } from '../metadata/value.ts'
import type { LintedEvent, Rule } from '../rule.ts'
import { isPlaceholder } from './placeholder.ts'

export const number: Rule = {
  id: 'identity/number',
  severity: 'warning',
  title: 'Id is not text',
  documentation:
    'Ids are text. `42` and `"42"` are one user here and two in a tool that tells types apart, and numbers of more than 15 digits are rounded on their way through JSON: two users then share one id. An object, a list or a boolean is no id at all. Put quotes around it where it is sent.',
  good: { type: 'track', event: 'Invoice Sent', userId: '42' },
  bad: { type: 'track', event: 'Invoice Sent', userId: 42 },
  source: 'Segment spec',
  check(event) {
    return sentIds(event).flatMap(([path, id]) => {
      if (id === undefined || id === null || typeof id === 'string') return []
      // That it stands for nobody is the graver matter, and quotes would not mend it.
      if (typeof id === 'number' && isPlaceholder(String(id))) return []
      const isExact = typeof id === 'number' && Number.isSafeInteger(id)
      return [
        {
          path,
          message: `\`${path}\` is ${typeName(id)}, not text: ${shown(id)}`,
          reason:
            typeof id === 'number'
              ? 'Tools that tell 42 from "42" see two, and long numbers are rounded on their way: send it as text.'
              : 'Nobody can be recognised by it, and it is dropped: send the id itself, as text.',
          suggestion: isExact ? JSON.stringify(String(id)) : null,
        },
      ]
    })
  },
}

/** The ids that the call names, as sent. */
function sentIds({ type, payload, context }: LintedEvent): [path: string, id: unknown][] {
  return [
    ['userId', payload['userId']],
    ['anonymousId', payload['anonymousId']],
    ...(type === 'alias' ? [['previousId', payload['previousId']] satisfies [string, unknown]] : []),
    type === 'group' ? ['groupId', payload['groupId']] : ['context.groupId', context?.['groupId']],
  ]
}
