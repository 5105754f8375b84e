import { fieldsOf } from './call.ts'
import type { CodeCall } from './call.ts'
import { literal } from './literal.ts'
import type { Brackets, Dialect } from './literal.ts'
import { hasUnseen, hex, lineEscapes, quoted, wholeCharacter } from './text.ts'

const plain = { quote: "'", special: { "'": "\\'", '\\': '\\\\' }, unseen: String.fromCodePoint }
const escaped = {
  quote: '"',
  special: { '"': '\\"', '\\': '\\\\', $: '\\$', ...lineEscapes },
  unseen: (codePoint: number) => `\\u{${hex(wholeCharacter(codePoint), 1)}}`,
}

/** An array whose keys are 0, 1, 2… becomes a list in JSON, the empty one too. */
function objectBrackets(keys: readonly string[]): Brackets {
  const looksLikeList = keys.every((key) => /^\d+$/.test(key))
  return { open: looksLikeList ? '(object) [' : '[', close: ']' }
}

const dialect: Dialect = {
  text: (text) => quoted(text, hasUnseen(text) ? escaped : plain),
  number: String,
  yes: 'true',
  no: 'false',
  nothing: 'null',
  object: objectBrackets,
  list: () => ({ open: '[', close: ']' }),
  pair: (key, value) => `${dialect.text(key)} => ${value}`,
  indent: '    ',
  trailingComma: true,
}

/** With analytics-php 3. */
export function php(call: CodeCall): string {
  const { host, protocol } = new URL(call.captureUrl)
  const settings = { host, ...(protocol === 'http:' ? { ssl: false } : {}) }
  return `<?php

require 'vendor/autoload.php';

use Segment\\Segment;

Segment::init(${dialect.text(call.writeKey)}, ${literal(settings, dialect)});

Segment::${call.type}(${literal(fieldsOf(call), dialect)});
Segment::flush();
`
}
