import type { CodeCall } from './call.ts'
import { curl } from './curl.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { node } from './node.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'

export interface CodeLanguage {
  id: string
  label: string
  /** The package that the code needs, and what is odd about it. */
  note: string
  /** Set where the package speaks nothing but https. */
  needsHttps?: true
  write: (call: CodeCall) => string
}

export const curlLanguage: CodeLanguage = {
  id: 'curl',
  label: 'curl',
  note: 'For any shell; needs nothing but curl.',
  write: curl,
}

/** The languages in which a call can be shown as code, in the order of the choice. */
export const codeLanguages: readonly CodeLanguage[] = [
  {
    id: 'javascript',
    label: 'JavaScript',
    note: 'For the browser, with @segment/analytics-next.',
    write: javascript,
  },
  { id: 'node', label: 'Node', note: 'With @segment/analytics-node.', write: node },
  { id: 'python', label: 'Python', note: 'With segment-analytics-python.', write: python },
  { id: 'go', label: 'Go', note: 'With github.com/segmentio/analytics-go/v3.', write: go },
  { id: 'ruby', label: 'Ruby', note: 'With the gem analytics-ruby.', write: ruby },
  {
    id: 'php',
    label: 'PHP',
    note: 'With segmentio/analytics-php, which speaks nothing but https: Settings has the switch, and how PHP comes to trust it.',
    needsHttps: true,
    write: php,
  },
  { id: 'java', label: 'Java', note: 'With com.segment.analytics.java:analytics.', write: java },
  curlLanguage,
]
