import { fieldsOf } from './call.ts'
import type { CodeCall } from './call.ts'
import { dialect } from './javascript.ts'
import { literal } from './literal.ts'

/** On a server, with @segment/analytics-node. */
export function node(call: CodeCall): string {
  const settings = { writeKey: call.writeKey, host: call.captureUrl }
  return `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics(${literal(settings, dialect)})

analytics.${call.type}(${literal(fieldsOf(call), dialect)})
await analytics.closeAndFlush()
`
}
