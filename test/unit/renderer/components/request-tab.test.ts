import { describe, expect, it } from 'vitest'
import { brokenBody, hexDump } from '../../../../renderer/components/event-panel/broken-body.ts'
import { deliverySentence, queued } from '../../../../renderer/components/event-panel/clock-words.ts'
import {
  arrivalWords,
  bodyWords,
  connectionWords,
  packingWords,
  protocolWords,
  senderOf,
} from '../../../../renderer/components/event-panel/wire-words.ts'
import { answerTitle, heardSentence, scopeWords } from '../../../../renderer/lib/fault-text.ts'
import type { CaptureRequest } from '../../../../shared/event.ts'

describe('what a sender heard', () => {
  it.each<[CaptureRequest['answer'], string | null]>([
    [null, null],
    [{ status: 200, fault: null }, 'Answered with 200.'],
    [{ status: 413, fault: null }, 'Answered with 413: it could not be taken.'],
    [
      { status: 429, fault: { kind: 'status', status: 429, retryAfterSeconds: 5 } },
      'Answered with 429, on purpose, Retry-After 5 s.',
    ],
    [
      { status: 503, fault: { kind: 'status', status: 503, retryAfterSeconds: null } },
      'Answered with 503, on purpose.',
    ],
    [{ status: 200, fault: { kind: 'slow', delayMs: 2_500 } }, 'Answered with 200, on purpose 2.5 s late.'],
    [
      { status: null, fault: { kind: 'hang' } },
      'Not answered, on purpose: its sender waited until it gave up.',
    ],
    [{ status: null, fault: { kind: 'reset' } }, 'The connection was reset on purpose, without an answer.'],
  ])('%j: %s', (answer, sentence) => {
    expect(heardSentence(answer)).toBe(sentence)
  })
})

describe('a fault in words', () => {
  it('says what, when and whose', () => {
    expect(answerTitle({ kind: 'status', status: 429, retryAfterSeconds: 5 })).toBe(
      '429 Too Many Requests, Retry-After 5 s',
    )
    expect(scopeWords({ when: { kind: 'share', percent: 100 }, source: null })).toBe('for every request')
    expect(scopeWords({ when: { kind: 'share', percent: 0.5 }, source: 'web' })).toBe(
      'for 0.5 % of the requests of web',
    )
    expect(scopeWords({ when: { kind: 'firstRequests', requests: 1 }, source: null })).toBe(
      'for the first request',
    )
    expect(scopeWords({ when: { kind: 'firstAttempts', attempts: 2 }, source: null })).toBe(
      'for the first 2 attempts at each call',
    )
  })
})

describe('a request in words', () => {
  it('names the protocol, and who sent it', () => {
    expect(protocolWords({ httpVersion: '1.1', secure: false })).toBe('HTTP/1.1 over http')
    expect(protocolWords({ httpVersion: '1.1', secure: true })).toBe('HTTP/1.1 over https')
    expect(senderOf({ remoteAddress: '127.0.0.1', remotePort: 50_412 })).toBe('127.0.0.1:50412')
    expect(senderOf({ remoteAddress: '::1', remotePort: 50_412 })).toBe('[::1]:50412')
    expect(senderOf({ remoteAddress: '::1', remotePort: null })).toBe('::1')
  })

  it('says nothing of what an older version did not note', () => {
    expect(protocolWords({ httpVersion: null, secure: null })).toBe('')
    expect(connectionWords({ connection: null })).toBe('')
    expect(senderOf({ remoteAddress: null, remotePort: null })).toBeNull()
  })

  it('tells the sizes and the time of arrival', () => {
    expect(bodyWords({ encoding: 'gzip', bodyBytes: 812 })).toBe('812 bytes of gzip')
    expect(packingWords({ encoding: 'gzip', unpackedBytes: 4_200 })).toBe('4.1 KB unpacked')
    expect(packingWords({ encoding: 'gzip', unpackedBytes: null })).toBe('not unpacked')
    expect(packingWords({ encoding: null, unpackedBytes: null })).toBe('not compressed')
    expect(arrivalWords(0)).toBe('within 1 ms')
    expect(arrivalWords(1_234)).toBe('in 1.2 s')
  })

  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [11, '11th'],
    [1_222, '1,222nd'],
  ])('counts the requests of a connection: %i is the %s', (request, words) => {
    expect(connectionWords({ connection: { number: 12, request } })).toBe(`connection 12, ${words} request`)
  })
})

describe('the way of a call', () => {
  const receivedAt = '2026-02-03T04:05:06.000Z'

  it.each([
    [
      '2026-02-03T04:05:04.000Z',
      '2026-02-03T04:05:05.900Z',
      'It was sent 1.9 s after it was called, and it was 100 ms on its way.',
    ],
    [null, '2026-02-03T04:05:05.900Z', 'It was 100 ms on its way.'],
    [
      '2026-02-03T04:08:06.000Z',
      '2026-02-03T04:08:06.000Z',
      'It was sent at once, and the clock of its device is 3 min ahead of this one: its timestamp is put right by that.',
    ],
    [
      '2026-02-03T04:02:05.000Z',
      '2026-02-03T04:02:06.000Z',
      'It was sent 1 s after it was called, and its device says that it left 3 min before it arrived: its clock is 3 min behind, or the way took as long.',
    ],
  ])('called at %s, sent at %s: %s', (originalTimestamp, sentAt, sentence) => {
    expect(deliverySentence({ originalTimestamp, sentAt, receivedAt })).toBe(sentence)
  })

  it('is not known when the SDK does not say when it sent', () => {
    expect(deliverySentence({ originalTimestamp: receivedAt, sentAt: null, receivedAt })).toBeNull()
    expect(queued('2026-02-03T04:05:04.000Z', '2026-02-03T04:05:05.500Z')).toBe('+1.5 s in the SDK')
  })
})

describe('a body that could not be read', () => {
  const request = (bodyBytes: number) => ({ bodyBytes, unpackedBytes: null })
  const broken = (rawBody: string, bodyBytes = new TextEncoder().encode(rawBody).length) =>
    brokenBody({ rawBody, rawBytes: null, request: request(bodyBytes) })

  it('shows the place, and the keys that stood before it', () => {
    expect(broken('{"writeKey":"web",\n "type":"track", "event":"Invoice Sent", "userId":42,}')).toEqual({
      line: 2,
      column: 54,
      reason: 'a key in double quotes is missing',
      excerpt: {
        before: '{"writeKey":"web",\n "type":"track", "event":"Invoice Sent", "userId":42,',
        at: '}',
        after: '',
        beginsLater: false,
        goesOn: false,
      },
      isBehindKept: false,
      facts: [
        { name: 'writeKey', value: 'web' },
        { name: 'type', value: 'track' },
        { name: 'event', value: 'Invoice Sent' },
        { name: 'userId', value: '42' },
      ],
    })
  })

  it('says in which call of a batch it breaks, and which one that is', () => {
    const calls = ['A Seen', 'B Seen'].map((event) => JSON.stringify({ type: 'track', event })).join(',')
    expect(broken(`{"batch":[${calls},{"event":"C Seen","userId":`)?.facts).toEqual([
      { name: 'batch', value: 'it breaks in call 3' },
      { name: 'its event', value: 'C Seen' },
    ])
  })

  it('of which only the beginning is kept may break behind that', () => {
    expect(broken('{"event":"Invoice Sent","properties":{"a":', 100_000)).toMatchObject({
      isBehindKept: true,
    })
    expect(broken('{"event":"é', 12)).toMatchObject({ isBehindKept: false })
  })

  it('is shown by its bytes where it is no text', () => {
    expect(brokenBody({ rawBody: '\u0000', rawBytes: 'AA==', request: request(1) })).toBeNull()
    expect(hexDump(btoa('\u001f\u008b\bHello'))).toBe('000000  1f 8b 08 48 65 6c 6c 6f  ...Hello')
    expect(hexDump(btoa('Hello Jane'))).toBe(
      '000000  48 65 6c 6c 6f 20 4a 61  Hello Ja\n000008  6e 65                    ne',
    )
  })
})
