import { styleTags, tags } from '@lezer/highlight'
import { keyWord } from './keys.ts'
import { parser } from './query-parser.generated.ts'
import { closingQuote, unescape } from './value.ts'

/** The parser of the language, knowing what is what for highlighting; an editor builds its language support on it. */
export const queryParser = parser.configure({
  props: [
    styleTags({
      Key: tags.propertyName,
      Comparison: tags.compareOperator,
      Value: tags.attributeValue,
      Phrase: tags.string,
      Word: tags.content,
      'OrWord AndWord NotWord': tags.operatorKeyword,
      'OrWord/Word AndWord/Word NotWord/Word': tags.operatorKeyword,
      Minus: tags.logicOperator,
      'OpenBracket CloseBracket': tags.paren,
    }),
  ],
})

/** What is being typed; `from` is where the text begins that a completion replaces, up to the cursor. */
export type CompletionContext =
  | { readonly kind: 'key'; readonly from: number; readonly prefix: string }
  | { readonly kind: 'value'; readonly key: string; readonly from: number; readonly prefix: string }

/**
 * What could be completed at the cursor: a key, or a value of the key before it (`prefix` then without quotes, `from`
 * at the opening one). `key` is as known for keys, as written for paths. null where there is nothing to offer: in
 * quoted text without a key, or behind a key that is not known.
 */
export function completionContext(text: string, cursor: number): CompletionContext | null {
  const before = text.slice(0, cursor)
  let start = 0
  let colon: number | null = null
  let value = 0
  for (let at = 0; at < before.length; at += 1) {
    const character = before.charAt(at)
    if (character === '"') {
      at = closingQuote(before, at)
      continue
    }
    if (/[\s()]/.test(character)) {
      start = at + 1
      colon = null
    } else if (character === '-' && at === start && colon === null) start = at + 1
    else if (character === ':' && colon === null) {
      colon = at
      value = at + 1
    } else if (colon !== null && (character === ',' || (at === value && /[<>=]/.test(character))))
      value = at + 1
  }
  if (colon === null) return keyContext(before.slice(start), start)
  const key = before.slice(start, colon)
  const known = /^(?:properties|traits|context)\../i.test(key) ? key : keyWord(key.toLowerCase())?.key
  if (known === undefined) return null
  return { kind: 'value', key: known, from: value, prefix: withoutQuotes(before.slice(value)) }
}

function keyContext(prefix: string, from: number): CompletionContext | null {
  return prefix.startsWith('"') ? null : { kind: 'key', from, prefix }
}

function withoutQuotes(written: string): string {
  if (!written.startsWith('"')) return written
  return unescape(written.slice(1, closingQuote(written, 0)))
}
