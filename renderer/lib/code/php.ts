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

/** With analytics-php 3, which puts `https://` in front of the host whatever it is told. */
export function php(call: CodeCall): string {
  const { host } = new URL(call.captureUrl)
  return `<?php

require 'vendor/autoload.php';

use Segment\\Segment;

Segment::init(${dialect.text(call.writeKey)}, ${literal({ host }, dialect)});

Segment::${call.type}(${literal(fieldsOf(call), dialect)});
Segment::flush();
`
}
