import type { JsonObject } from '../event.ts'
import type { Rule, RuleFamily } from './rule.ts'

/** What the page and the docs call each family of rules. */
export const familyTitles: Readonly<Record<RuleFamily, string>> = {
  naming: 'Names',
  metadata: 'Metadata',
  identity: 'Identity',
  account: 'Accounts',
  time: 'Time',
  delivery: 'Delivery',
  plan: 'Tracking plan',
}

const sourceWords: Readonly<Record<Rule['source'], string>> = {
  'Track Spec': 'After the Track Spec',
  'Segment spec': 'After the Segment spec',
  'Segment HTTP API': 'After the Segment HTTP API',
  plan: 'After the tracking plan',
  experience: 'From experience',
}

/** Where a rule comes from, in words. One that this version does not know is said as it is. */
export function sourceInWords(source: string): string {
  const words: Readonly<Record<string, string>> = sourceWords
  return words[source] ?? source
}

/** More lines of an example than this hide what it is an example of: that of too many properties has a hundred. */
const mostLines = 24
const linesBeforeGap = 12

/** An example call as JSON for people to read; of a very long one the middle is counted in a comment. */
export function exampleText(call: JsonObject): string {
  const lines = JSON.stringify(call, null, 2).split('\n')
  if (lines.length <= mostLines) return lines.join('\n')
  const kept = lines.slice(0, linesBeforeGap)
  // What stands to the left of the last line kept is how deep the gap is; what closes it is indented by less.
  const depth = indentation(kept.at(-1) ?? '')
  const end = lines.findIndex((line, index) => index >= linesBeforeGap && indentation(line) < depth)
  if (end === -1) return lines.join('\n')
  return [...kept, `${' '.repeat(depth)}// and ${end - linesBeforeGap} more`, ...lines.slice(end)].join('\n')
}

const indentation = (line: string): number => line.length - line.trimStart().length
