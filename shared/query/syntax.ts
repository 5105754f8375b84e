import type { Tree } from '@lezer/common'
import { keyWord } from './keys.ts'
import { Mistake } from './mistake.ts'
import { closingQuote } from './value.ts'

/** Characters of a query; what is longer was pasted by mistake. */
export const lengthLimit = 10_000
/** Brackets in brackets: keeps whoever walks the tree from running out of stack. */
export const depthLimit = 100

/** Raises a Mistake for what no grammar needs to look at: a text too long, too deep, or with something left open. */
export function checkShape(text: string): void {
  if (text.length > lengthLimit) {
    const message = `The query has ${text.length} characters; ${lengthLimit} are the most.`
    throw new Mistake(message, lengthLimit, text.length)
  }
  const open: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') {
      const close = closingQuote(text, at)
      if (close === text.length) throw new Mistake('This quote is never closed.', at, close, ['"'])
      at = close
    } else if (text[at] === '(') {
      open.push(at)
      if (open.length <= depthLimit) continue
      throw new Mistake(`Brackets may be nested ${depthLimit} deep and no deeper.`, at, at + 1)
    } else if (text[at] === ')' && open.pop() === undefined) {
      throw new Mistake('This bracket closes one that was never opened.', at, at + 1)
    }
  }
  const unclosed = open.pop()
  if (unclosed !== undefined)
    throw new Mistake('This bracket is never closed.', unclosed, unclosed + 1, [')'])
}

interface Token {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Raises a Mistake for the first place where the grammar did not find what it needs. */
export function checkGrammar(text: string, tree: Tree): void {
  let before: Token | null = null
  let stopped: number | null = null
  let after: Token | null = null
  tree.iterate({
    enter(node) {
      if (after !== null) return false
      if (node.type.isError) stopped ??= node.from
      else if (node.node.firstChild === null && node.to > node.from) {
        const token = { name: node.name, from: node.from, to: node.to }
        if (stopped === null) before = token
        else after = token
      }
      return true
    },
  })
  if (stopped !== null) throw unexpected(text, stopped, before, after)
}

const connectives = ['OrWord', 'AndWord']
const negations = ['NotWord', 'Minus']

function unexpected(text: string, at: number, before: Token | null, after: Token | null): Mistake {
  const written = (token: Token): string => text.slice(token.from, token.to)
  if (before?.name === 'Key' || before?.name === 'Comparison') return valueMissing(text, before)
  if (before !== null && negations.includes(before.name)) {
    if (after !== null && negations.includes(after.name))
      return new Mistake(
        'Excluding what is excluded: leave both away, or use brackets.',
        before.from,
        after.to,
      )
    const message = `Something to exclude must follow ${written(before)}, as in -source:web.`
    return new Mistake(message, before.from, before.to, ['a term'])
  }
  if (before !== null && connectives.includes(before.name))
    return new Mistake(`A term must follow ${written(before)}.`, before.from, before.to, ['a term'])
  const start = text.slice(at).search(/\S/)
  const from = start < 0 ? text.length : at + start
  const connective = /^(?:OR|AND)(?![^\s()":])/.exec(text.slice(from))
  if (connective !== null) {
    const message = `A term must come before ${connective[0]}. To search for the word, put it in quotes.`
    return new Mistake(message, from, from + connective[0].length, ['a term'])
  }
  if (before?.name === 'OpenBracket')
    return new Mistake('There is nothing in these brackets.', before.from, after?.to ?? before.to, ['a term'])
  if (text[from] === ':')
    return new Mistake('There is no key before this colon. Put text with a colon in quotes.', from, from + 1)
  return new Mistake('This does not belong here.', from, Math.min(from + 1, text.length))
}

/** A key, perhaps with an operator, that nothing follows. */
export function valueMissing(text: string, { from, to }: { from: number; to: number }): Mistake {
  const term = text.slice(from, to)
  const word = keyWord(term.replace(/:.*$/, '').toLowerCase())
  const example = word === undefined ? '' : `, as in ${word.example}`
  return new Mistake(`A value must follow ${term} without a space${example}.`, to, to, ['a value'])
}
