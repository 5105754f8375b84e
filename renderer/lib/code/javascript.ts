import { fieldsOf, withoutNull } from './call.ts'
import type { CodeCall } from './call.ts'
import { enclosed, literal } from './literal.ts'
import type { Dialect } from './literal.ts'
import { hex, lineEscapes, quoted } from './text.ts'

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u

function key(name: string): string {
  // Written plainly it would set what the object inherits from.
  if (name === '__proto__') return "['__proto__']"
  return identifier.test(name) ? name : dialect.text(name)
}

export const dialect: Dialect = {
  text: (text) =>
    quoted(text, {
      quote: "'",
      special: { "'": "\\'", '\\': '\\\\', ...lineEscapes },
      unseen: (codePoint) => `\\u{${hex(codePoint, 1)}}`,
    }),
  number: String,
  yes: 'true',
  no: 'false',
  nothing: 'null',
  object: () => ({ open: '{', close: '}', padding: ' ' }),
  list: () => ({ open: '[', close: ']' }),
  pair: (name, value) => `${key(name)}: ${value}`,
  indent: '  ',
  trailingComma: true,
}

/** In the browser, with @segment/analytics-next. */
export function javascript(call: CodeCall): string {
  const { host, protocol } = new URL(call.captureUrl)
  const segment = { apiHost: `${host}/v1`, protocol: protocol.slice(0, -1) }
  const load = [
    literal({ writeKey: call.writeKey, cdnURL: call.captureUrl }, dialect, 1),
    literal({ integrations: { 'Segment.io': segment } }, dialect, 1),
  ]
  const given = argumentsOf(call).map((argument) => literal(argument, dialect))
  return `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load${enclosed(load, { open: '(', close: ')' }, dialect, 0)}

analytics.${call.type}(${given.join(', ')})
`
}

/** The options may say whose call it is, whoever is known to the browser it runs in. */
function argumentsOf(call: CodeCall): unknown[] {
  const { userId, anonymousId, context, integrations } = call
  const fields = fieldsOf(call)
  const values = fields['properties'] ?? fields['traits']
  const who = call.type === 'identify' || call.type === 'alias' ? {} : { userId }
  const options = withoutNull({ ...who, anonymousId, context, integrations })
  const last = Object.keys(options).length > 0 ? [options] : []
  switch (call.type) {
    case 'track':
      return [call.event ?? '', values ?? {}, ...last]
    case 'identify':
      return [...(userId === null ? [] : [userId]), values ?? {}, ...last]
    case 'group':
      return [call.groupId ?? '', values ?? {}, ...last]
    case 'page':
    case 'screen':
      return [...(call.name === null ? [] : [call.name]), values ?? {}, ...last]
    case 'alias':
      return [userId ?? '', call.previousId ?? '', ...last]
  }
}
