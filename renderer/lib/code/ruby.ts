import { fieldsOf } from './call.ts'
import type { CodeCall } from './call.ts'
import { enclosed, literal } from './literal.ts'
import type { Dialect } from './literal.ts'
import { hasUnseen, hex, lineEscapes, quoted, wholeCharacter } from './text.ts'

const plain = { quote: "'", special: { "'": "\\'", '\\': '\\\\' }, unseen: String.fromCodePoint }
const escaped = {
  quote: '"',
  // `#{…}`, `#@…` and `#$…` are code in these quotes.
  special: { '"': '\\"', '\\': '\\\\', '#': '\\#', ...lineEscapes },
  unseen: (codePoint: number) => `\\u{${hex(wholeCharacter(codePoint), 1)}}`,
}

const dialect: Dialect = {
  text: (text) => quoted(text, hasUnseen(text) ? escaped : plain),
  number: String,
  yes: 'true',
  no: 'false',
  nothing: 'nil',
  object: () => ({ open: '{', close: '}', padding: ' ' }),
  list: () => ({ open: '[', close: ']' }),
  pair: (key, value) => `${dialect.text(key)} => ${value}`,
  indent: '  ',
  trailingComma: true,
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const named = (fields: Record<string, unknown>): string[] =>
  Object.entries(fields).map(([name, value]) => `${snakeCase(name)}: ${literal(value, dialect, 1)}`)

/** The gem takes `ssl: false` for "not said", and then speaks https. */
const withoutTls = `
Segment::Analytics::Transport.prepend(Module.new do
  def initialize(...)
    super
    @http.use_ssl = false
  end
end)
`

/** With analytics-ruby. */
export function ruby(call: CodeCall): string {
  const { hostname, port, protocol } = new URL(call.captureUrl)
  const isPlain = protocol === 'http:'
  const settings = named({
    writeKey: call.writeKey,
    host: hostname,
    port: Number(port || (isPlain ? 80 : 443)),
  })
  const parentheses = { open: '(', close: ')' }
  return `require 'segment/analytics'
${isPlain ? withoutTls : ''}
analytics = Segment::Analytics.new${enclosed(settings, parentheses, dialect, 0)}

analytics.${call.type}${enclosed(named(fieldsOf(call)), parentheses, dialect, 0)}
analytics.flush
`
}
