import { fieldsOf } from './call.ts'
import type { CodeCall } from './call.ts'
import { enclosed, literal } from './literal.ts'
import type { Dialect } from './literal.ts'
import { hex, lineEscapes, quoted } from './text.ts'

const dialect: Dialect = {
  text: (text) =>
    quoted(text, {
      quote: "'",
      special: { "'": "\\'", '\\': '\\\\', ...lineEscapes },
      unseen: (codePoint) => (codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`),
    }),
  number: String,
  yes: 'True',
  no: 'False',
  nothing: 'None',
  object: () => ({ open: '{', close: '}' }),
  list: () => ({ open: '[', close: ']' }),
  pair: (key, value) => `${dialect.text(key)}: ${value}`,
  indent: '    ',
  trailingComma: true,
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** With segment-analytics-python. */
export function python(call: CodeCall): string {
  const given = Object.entries(fieldsOf(call)).map(
    ([name, value]) => `${snakeCase(name)}=${literal(value, dialect, 1)}`,
  )
  return `import segment.analytics as analytics

analytics.write_key = ${dialect.text(call.writeKey)}
analytics.host = ${dialect.text(call.captureUrl)}

analytics.${call.type}${enclosed(given, { open: '(', close: ')' }, dialect, 0)}
analytics.flush()
`
}
