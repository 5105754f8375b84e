import { fieldsOf } from './call.ts'
import type { CodeCall } from './call.ts'
import { enclosed, literal, numberIn64Bits } from './literal.ts'
import type { Dialect } from './literal.ts'
import { hex, lineEscapes, quoted, wholeCharacter } from './text.ts'

const mapType = 'map[string]any'

const dialect: Dialect = {
  text: (text) =>
    quoted(text, {
      quote: '"',
      special: { '"': '\\"', '\\': '\\\\', ...lineEscapes },
      unseen: (codePoint) => {
        const whole = wholeCharacter(codePoint)
        return whole > 0xffff ? `\\U${hex(whole, 8)}` : `\\u${hex(whole, 4)}`
      },
    }),
  number: numberIn64Bits,
  yes: 'true',
  no: 'false',
  nothing: 'nil',
  object: () => ({ open: `${mapType}{`, close: '}' }),
  list: () => ({ open: '[]any{', close: '}' }),
  pair: (key, value) => `${dialect.text(key)}: ${value}`,
  indent: '\t',
  trailingComma: true,
}

const titleCase = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** With analytics-go 3. */
export function go(call: CodeCall): string {
  const fields = Object.entries(fieldsOf(call)).map(([name, value]) => {
    const field = titleCase(name)
    if (name === 'context') {
      const extra = `Extra: ${literal(value, dialect, 2)}`
      return `${field}: ${enclosed([extra], { open: '&analytics.Context{', close: '}' }, dialect, 2)}`
    }
    const written = literal(value, dialect, 2)
    return `${field}: ${written.startsWith(mapType) ? `analytics.${field}${written.slice(mapType.length)}` : written}`
  })
  const message = enclosed(fields, { open: `analytics.${titleCase(call.type)}{`, close: '}' }, dialect, 1)
  return `package main

import "github.com/segmentio/analytics-go/v3"

func main() {
	client, err := analytics.NewWithConfig(${dialect.text(call.writeKey)}, analytics.Config{
		Endpoint: ${dialect.text(call.captureUrl)},
	})
	if err != nil {
		panic(err)
	}
	defer client.Close()

	if err := client.Enqueue(${message}); err != nil {
		panic(err)
	}
}
`
}
