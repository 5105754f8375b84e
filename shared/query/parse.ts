import type { SyntaxNode } from '@lezer/common'
import type { Operator, Query, QueryMistake } from './ast.ts'
import { readField, readKey } from './field.ts'
import { Mistake } from './mistake.ts'
import { parser } from './query-parser.generated.ts'
import { checkGrammar, checkShape, valueMissing } from './syntax.ts'
import { tokensOf } from './tokens.ts'
import { readValues, unescape } from './value.ts'

export type ParsedQuery =
  { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: QueryMistake }

/** Reads a query. Never throws: a text that is none comes back as a mistake with its place and what was expected. */
export function parseQuery(text: string): ParsedQuery {
  try {
    checkShape(text)
    const tree = parser.parse(text)
    checkGrammar(text, tree)
    const top = tree.topNode.firstChild
    return {
      ok: true,
      query: top === null ? { kind: 'all', from: 0, to: text.length } : new Reader(text).read(top),
    }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    const { message, from, to, expected } = error
    return { ok: false, error: { message, from, to, expected } }
  }
}

const operators: readonly string[] = ['>', '>=', '<', '<='] satisfies readonly Operator[]
const isOperator = (text: string): text is Operator => operators.includes(text)

/** Turns a syntax tree without errors into what the query says. */
class Reader {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  read(node: SyntaxNode): Query {
    switch (node.name) {
      case 'Or':
        return this.#join('or', node)
      case 'And':
        return this.#join('and', node)
      case 'Not':
        return this.#not(node)
      case 'Group':
        return this.#group(node)
      case 'Field':
        return this.#field(node)
      case 'Phrase':
        return this.#words(node, unescape(this.#text.slice(node.from + 1, node.to - 1)), true)
      default:
        return this.#words(node, this.#written(node), false)
    }
  }

  #written({ from, to }: { from: number; to: number }): string {
    return this.#text.slice(from, to)
  }

  #join(kind: 'and' | 'or', node: SyntaxNode): Query {
    const parts = operands(node).map((operand) => this.read(operand))
    return join(kind, parts, node)
  }

  #not(node: SyntaxNode): Query {
    const [operand] = operands(node)
    const sign = node.firstChild
    if (operand === undefined || sign === null)
      throw new Mistake('Nothing is excluded here.', node.from, node.to)
    if (sign.name === 'Minus' && sign.to !== operand.from) {
      const message =
        'A minus stands directly before what it excludes. To search for text with it, use quotes.'
      throw new Mistake(message, sign.from, operand.from)
    }
    return { kind: 'not', part: this.read(operand), from: node.from, to: node.to }
  }

  #group(node: SyntaxNode): Query {
    const [operand] = operands(node)
    if (operand === undefined) throw new Mistake('There is nothing in these brackets.', node.from, node.to)
    if (/[^\s()-]/.test(this.#text.charAt(node.from - 1))) {
      const message = 'A bracket belongs to the language: put a space before it, or the value in quotes.'
      throw new Mistake(message, node.from, node.from + 1)
    }
    return this.read(operand)
  }

  #field(node: SyntaxNode): Query {
    const key = node.getChild('Key')
    const comparison = node.getChild('Comparison')
    const value = node.getChild('Value')
    if (key === null || value === null) throw valueMissing(this.#text, node)
    const fieldKey = readKey(this.#text.slice(key.from, key.to - 1), key.from)
    if ((comparison ?? value).from !== key.to) throw valueMissing(this.#text, key)
    if (comparison !== null && comparison.to !== value.from)
      throw valueMissing(this.#text, { from: key.from, to: comparison.to })
    const operator = comparison === null ? '' : this.#written(comparison)
    const values = readValues(this.#written(value), value.from)
    if (fieldKey.kind === 'time' && values.length > 1)
      throw new Mistake(`${fieldKey.key} takes one time, not a list.`, value.from, value.to)
    const parts = values.map((one) => readField(fieldKey, isOperator(operator) ? operator : null, one))
    const span = { from: node.from, to: node.to }
    return join(
      'or',
      parts.map((part) => ({ ...part, ...span })),
      span,
    )
  }

  #words(node: SyntaxNode, text: string, phrase: boolean): Query {
    const { from, to } = node
    const tokens = tokensOf(text)
    if (tokens.length === 0) {
      const message = `There is nothing to search for in ${this.#written(node)}: a word needs a letter or a digit.`
      throw new Mistake(message, from, to, ['a word'])
    }
    const star = phrase ? -1 : text.indexOf('*')
    if (star >= 0 && star < text.length - 1) {
      const message = 'Words without a key match from their beginning, so a star can stand only at the end.'
      throw new Mistake(message, from + star, from + star + 1)
    }
    return { kind: 'words', text, tokens, phrase, from, to }
  }
}

/** What is joined, excluded or bracketed: the children that mean something of their own. */
function operands(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (/^(?:Or|And|Not|Group|Field|Phrase|Word)$/.test(child.name)) found.push(child)
  return found
}

/** One part stands for itself, and an `and` within an `and` is one `and`. */
function join(
  kind: 'and' | 'or',
  parts: readonly Query[],
  { from, to }: { from: number; to: number },
): Query {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  const [only] = flat
  return flat.length === 1 && only !== undefined ? only : { kind, parts: flat, from, to }
}
