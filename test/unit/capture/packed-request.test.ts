import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../../electron/engine/capture/body-text.ts'
import { decodeRequest } from '../../../electron/engine/capture/decode.ts'
import { pack, unpack } from '../../../electron/engine/capture/packed-request.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

const headers = ['Host', '127.0.0.1:7357', 'X-Empty', '', 'Authorization', 'Basic dzo=']

describe('a request that crosses to another thread', () => {
  it.each([
    ['in ASCII', Buffer.from('{"type":"track","event":"Invoice Sent","userId":"u"}')],
    ['in UTF-8', Buffer.from('{"type":"track","event":"Rechnung bezahlt 🎉","userId":"ü"}')],
    ['that is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['that is gzip', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['that is empty', Buffer.alloc(0)],
    ['that is a part of a larger buffer', Buffer.from('xx{"type":"track"}yy').subarray(2, 18)],
  ])('with a body %s is decoded as the one that was sent', (_kind, body) => {
    const raw = rawRequest(body, { headers, url: '/v1/track', pathType: 'track' })
    const crossed = unpack(structuredClone(pack({ ...raw, body: bodyOf([body]) })))
    // Cloned once more, so that kinds of byte arrays do not matter.
    expect(structuredClone(decodeRequest(crossed))).toEqual(structuredClone(decodeRequest(raw)))
  })

  it.each([
    [
      'in ASCII',
      '{"batch":[{"type":"track","event":"Invoice Sent"} , {"type":"identify"}],"writeKey":"w"}',
      4,
    ],
    ['with its key in escapes', String.raw`{"\u0062atch":[{"type":"track"}]}`, 2],
    ['in UTF-8', '{"batch":[{"type":"track","event":"Rechnung bezahlt 🎉"}]}', null],
    ['that breaks off', '{"batch":[{"type":"track"},{"ty', 3],
    ['that has strings where keys are', String.raw`{"\z":1,"bat\"ch`, null],
    ['that is none', '{"type":"track"}', null],
  ])('has where the calls of a batch %s begin and end', (_kind, text, places) => {
    const raw = rawRequest(bodyOf([Buffer.from(text)]))
    const crossed = unpack(structuredClone(pack(raw)))
    const { outline, ...plain } = crossed
    expect(outline?.batch?.length ?? null).toBe(places)
    expect(structuredClone(decodeRequest(crossed))).toEqual(structuredClone(decodeRequest(plain)))
  })

  it.each([[headers], [[]]])('has its headers %j afterwards', (sent) => {
    expect(unpack(pack(rawRequest('{}', { headers: sent }))).headers).toEqual(sent)
  })
})
