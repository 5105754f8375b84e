import type { Finding, Rule } from '../rule.ts'

/** Bytes. */
const callLimit = 32 * 1024
const batchLimit = 500 * 1024
const batchEventLimit = 2_500

export const tooLarge: Rule = {
  id: 'delivery/too-large',
  severity: 'error',
  title: 'Too large for the real service',
  documentation:
    'Segment takes calls of up to 32 KB, and batches of up to 500 KB and 2,500 calls; it answers 400 to anything larger, and all of the batch is lost. Trackside takes more, so that you see what it was. Sizes are those of the JSON in UTF-8, unpacked. What is wrong with a batch is reported once, at the first of its calls. Leave out what nobody counts by: file contents, HTML, whole responses; and let the SDK send more often.',
  good: {
    type: 'track',
    event: 'Report Exported',
    userId: 'abc123',
    properties: { format: 'pdf', pages: 12 },
  },
  bad: {
    type: 'track',
    event: 'Report Exported',
    userId: 'abc123',
    properties: { format: 'pdf', file: 'JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2c… (40 KB)' },
  },
  source: 'Segment HTTP API',
  check(_event, { callBytes, batch }) {
    const findings: Finding[] = []
    if (callBytes > callLimit)
      findings.push(
        finding(
          `This call has ${kilobytes(callBytes)}, more than ${callLimit / 1024} KB`,
          'The real service refuses it: leave out what nobody counts by.',
        ),
      )
    if (batch === null || !batch.isFirst) return findings
    const { bytes, events } = batch
    const excess = [
      ...(bytes > batchLimit ? [`${kilobytes(bytes)}, more than ${batchLimit / 1024} KB`] : []),
      ...(events > batchEventLimit
        ? [`${grouped(events)} calls, more than ${grouped(batchEventLimit)}`]
        : []),
    ]
    if (excess.length > 0)
      findings.push(
        finding(
          `The batch that begins with this call has ${excess.join(', and ')}`,
          'The real service refuses all of it: send smaller batches, more often.',
        ),
      )
    return findings
  },
}

function finding(message: string, reason: string): Finding {
  return { path: '', message, reason, suggestion: null }
}

/** Rounded up, so that what is a byte too large does not read as if it were not. */
function kilobytes(bytes: number): string {
  return `${grouped(Math.ceil(bytes / 1024))} KB`
}

/** `12,500`. */
function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
