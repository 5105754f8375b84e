import type { Path, PathRoot } from './ast.ts'
import { Mistake } from './mistake.ts'
import { closingQuote, inQuotes, unescape } from './value.ts'

const roots = ['properties', 'traits', 'context'] as const satisfies readonly PathRoot[]

export const isPathRoot = (word: string): word is PathRoot => roots.some((root) => root === word)

/** The steps of a dotted path; dots inside quotes are text. `from` is where it begins in the query. */
export function readSteps(text: string, from: number): string[] {
  const steps: string[] = []
  let start = 0
  let step = ''
  const end = (at: number): void => {
    if (at === start)
      throw new Mistake('A step of the path is missing here.', from + at, from + at, [
        'the name of a property',
      ])
    steps.push(step)
    start = at + 1
    step = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '"') {
      const close = closingQuote(text, at)
      step += unescape(text.slice(at + 1, close))
      at = close
    } else if (character === '.') end(at)
    else if (character === '*') {
      const message = 'A path takes no wildcard. To find a value under any key, search for it without a key.'
      throw new Mistake(message, from + at, from + at + 1)
    } else step += character
  }
  end(text.length)
  return steps
}

const bareStep = /^[\p{L}\p{N}_$#@-]+$/u

export function printPath({ root, path }: Path): string {
  return [root, ...path.map((step) => (bareStep.test(step) ? step : inQuotes(step)))].join('.')
}
