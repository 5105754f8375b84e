import { readBrokenJson } from '../../../shared/broken-json.ts'
import type { CaptureRequest, EventDetail } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'

/** Characters that are shown before and behind the place. */
const shownBefore = 90
const shownAfter = 60
const bytesPerLine = 8

/** A body that is no JSON: where it breaks, and what stood before that. */
export interface BrokenBody {
  /** From 1. */
  line: number
  column: number
  reason: string
  /** The text around the place; `at` is the character that does not fit, empty where the text ends. */
  excerpt: { before: string; at: string; after: string; beginsLater: boolean; goesOn: boolean }
  /** Whether it breaks only behind what is kept of it. */
  isBehindKept: boolean
  facts: { name: string; value: string }[]
}

const factNames = [
  'writeKey',
  'type',
  'event',
  'name',
  'userId',
  'anonymousId',
  'groupId',
  'messageId',
  'sentAt',
]

/** null for a body that is JSON, or that is no text at all. */
export function brokenBody({
  rawBody,
  rawBytes,
  request,
}: Pick<EventDetail, 'rawBody' | 'rawBytes'> & {
  request: Pick<CaptureRequest, 'bodyBytes' | 'unpackedBytes'>
}): BrokenBody | null {
  if (rawBody === null || rawBytes !== null) return null
  const text = rawBody.replace(/^\uFEFF/, '')
  const broken = readBrokenJson(text)
  if (broken === null) return null
  const { at, reason, read } = broken
  const before = text.slice(0, at)
  const begin = Math.max(0, at - shownBefore)
  const keptBytes = new TextEncoder().encode(text).length
  return {
    line: before.split('\n').length,
    column: at - before.lastIndexOf('\n'),
    reason,
    excerpt: {
      before: text.slice(begin, at),
      at: text.slice(at, at + 1),
      after: text.slice(at + 1, at + 1 + shownAfter),
      beginsLater: begin > 0,
      goesOn: at + 1 + shownAfter < text.length,
    },
    isBehindKept: at === text.length && keptBytes < (request.unpackedBytes ?? request.bodyBytes),
    facts: factsOf(read),
  }
}

function factsOf(read: unknown): BrokenBody['facts'] {
  if (!isJsonObject(read)) return []
  const facts = factNames.flatMap((name) => {
    const value = read[name]
    return typeof value === 'string' || typeof value === 'number' ? [{ name, value: String(value) }] : []
  })
  const calls = read['batch']
  if (!Array.isArray(calls)) return facts
  const last: unknown = calls.at(-1)
  return [
    ...facts,
    { name: 'batch', value: `it breaks in call ${calls.length}` },
    ...(isJsonObject(last) ? factsOf(last).map(({ name, value }) => ({ name: `its ${name}`, value })) : []),
  ]
}

/** Eight bytes a line, as many as fit beside a list: their place, each of them, and what of them is ASCII. */
export function hexDump(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const lines: string[] = []
  for (let start = 0; start < bytes.length; start += bytesPerLine) {
    const line = [...bytes.subarray(start, start + bytesPerLine)]
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${start.toString(16).padStart(6, '0')}  ${hex.padEnd(bytesPerLine * 3 - 1)}  ${text}`)
  }
  return lines.join('\n')
}
