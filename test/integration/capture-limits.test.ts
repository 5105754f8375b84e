import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import type { Transform } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal, refused, success, taken } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { WireAnswer } from './running-engine.ts'

// What is too deep, too large or cut off costs the engine nothing, and its sender hears why.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

afterEach(async () => {
  const event = await taken(engine, '/v1/track', { userId: 'u', event: 'Order Completed' })
  expect(event).toMatchObject({ event: 'Order Completed', accepted: true, analysed: true })
})

describe('a deep body', () => {
  const nested = (levels: number, open: string, close: string): string =>
    open.repeat(levels) + close.repeat(levels)

  it('is captured down to the limit', async () => {
    const deep = `{"userId":"u","event":"Depth Reached","properties":${nested(249, '{"a":[', ']}')}}`
    expect((await taken(engine, '/v1/track', deep)).payload).toBe(deep)
    expect(await engine.events('event:"Depth Reached" has:properties.a')).toHaveLength(1)
  })

  it.each<[what: string, body: string]>([
    ['lists', `{"type":"track","properties":${nested(501, '[', ']')}}`],
    ['objects', `{"type":"track","properties":${nested(501, '{"a":', '}').replace(':}', ':1}')}}`],
    ['a batch', `{"batch":[{"type":"track","properties":${nested(500, '[', ']')}}]}`],
    ['two million lists', `{"type":"track","properties":${nested(2_000_000, '[', ']')}}`],
  ])('is refused below it: %s', async (_what, body) => {
    const event = await refused(engine, body, 400, 'CALL_TOO_DEEP')
    expect(event.rawBody).toBe(body.slice(0, 64 * 1024))
  })

  it('is refused when it is nothing but depth', async () => {
    await refused(engine, nested(2_500_000, '[', ']'), 400, 'CALL_NOT_OBJECT')
  })
})

describe('a body that is too large', () => {
  const megabyte = 1024 * 1024
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  /** Twice: where a collection was under way, the first call ends that one, which spares what has come since it began. */
  const collectGarbage = (): void => {
    collect()
    collect()
  }

  interface Pouring {
    answer: WireAnswer
    /** Bytes that had gone out when the answer came. */
    sent: number
    /** Most bytes of buffers that were alive at once, above those at the beginning. */
    held: number
  }

  /** Sends `bytes` of spaces, never waiting for an answer, and looks at the memory of this process on the way. */
  function pour(bytes: number, headers: Record<string, string>): Promise<Pouring> {
    const chunk = Buffer.alloc(64 * 1024, ' ')
    collectGarbage()
    const before = process.memoryUsage().arrayBuffers
    let sent = 0
    let held = 0
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${engine.capture}/v1/batch`,
        { method: 'POST', headers, agent: false },
        (response) => {
          const sentSoFar = sent
          let text = ''
          response.on('data', (part: Buffer) => (text += part.toString()))
          response.on('end', () => {
            const answer = { status: response.statusCode ?? 0, headers: response.headers, text }
            resolve({ answer, sent: sentSoFar, held })
          })
        },
      )
      outgoing.on('error', reject)
      const write = (): void => {
        while (sent < bytes) {
          sent += chunk.length
          const hasRoom = outgoing.write(chunk)
          if (sent % megabyte === 0) {
            collectGarbage()
            held = Math.max(held, process.memoryUsage().arrayBuffers - before)
          }
          if (!hasRoom) {
            outgoing.once('drain', write)
            return
          }
        }
        outgoing.end()
      }
      write()
    })
  }

  it.each([
    ['without saying so before', 'transfer-encoding', 'chunked', 10],
    ['after saying so', 'content-length', String(50 * megabyte), 2],
  ])('is refused while it is still coming, and not kept in memory: %s', async (_how, name, value, most) => {
    const { answer, sent, held } = await pour(50 * megabyte, { [name]: value })
    expectRefusal(answer, 413, 'BODY_TOO_LARGE')
    expect(sent).toBeLessThan(50 * megabyte)
    expect(held).toBeLessThan(most * megabyte)
    const event = await engine.latest()
    expect(event).toMatchObject({ accepted: false, rejection: { code: 'BODY_TOO_LARGE' } })
    expect(event.rawBody).toBe(' '.repeat(64 * 1024))
  })

  it('is heard to be refused by every sender that sends all of it before it listens', async () => {
    for (const size of [6, 20, 50]) {
      const body = Buffer.alloc(size * megabyte, ' ')
      const answer = await fetch(`${engine.capture}/v1/batch`, { method: 'POST', body })
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({ success: false, code: 'BODY_TOO_LARGE' })
      expect((await engine.latest()).request.bodyBytes).toBe(size * megabyte)
    }
  })

  it('may be sent to its end after the refusal, and the connection closes in peace', async () => {
    const text = await overSocket(async (socket, heard) => {
      const piece = Buffer.alloc(100_000, ' ')
      socket.write(`POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: ${200 * piece.length}\r\n\r\n`)
      socket.write(piece)
      await heard('"code":"BODY_TOO_LARGE"')
      const closed = once(socket, 'end')
      for (let sent = 1; sent < 200; sent += 1) {
        await new Promise<void>((written, failed) =>
          socket.write(piece, (error) => (error ? failed(error) : written())),
        )
      }
      await closed
    })
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('is refused just above the limit and taken just below it', async () => {
    const call = '{"userId":"u","event":"Order Sent"}'
    const limit = 5 * megabyte
    expect((await taken(engine, '/v1/track', call.padEnd(limit))).event).toBe('Order Sent')
    const answer = await engine.post('/v1/track', call.padEnd(limit + 1))
    expectRefusal(answer, 413, 'BODY_TOO_LARGE')
  })

  it.each([100_000, 10, 0])('is refused though of what it promises only %i bytes come', async (bytes) => {
    const text = await overSocket(async (socket, heard) => {
      socket.write('POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n')
      socket.write(' '.repeat(bytes))
      await heard('"code":"BODY_TOO_LARGE"')
    })
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    const { request: refusedRequest, rawBody } = await engine.latest()
    expect(refusedRequest.bodyBytes).toBe(99_999_999_999)
    expect(rawBody).toBe(' '.repeat(Math.min(bytes, 64 * 1024)))
  })

  /** Two hundred megabytes of nothing, packed without ever standing in memory. */
  async function bomb(packer: Transform): Promise<Buffer> {
    const nothing = Buffer.alloc(megabyte)
    const packed = Readable.from(Array.from({ length: 200 }, () => nothing)).pipe(packer)
    return Buffer.concat(await packed.toArray())
  }

  it.each<[encoding: string, packer: () => Transform]>([
    ['gzip', createGzip],
    ['br', () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['deflate', createDeflate],
  ])('is refused before it unfolds: %s', async (encoding, packer) => {
    const bytes = await bomb(packer())
    const before = process.memoryUsage.rss()
    let most = before
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 1)
    const event = await refused(engine, bytes, 413, 'BODY_TOO_LARGE', [['Content-Encoding', encoding]])
    clearInterval(watch)
    expect(event.request).toMatchObject({ encoding, bodyBytes: bytes.length })
    expect(most - before).toBeLessThan(60 * megabyte)
  })
})

/** Talks to capture as no HTTP client would; gives back all that was heard. */
function overSocket(
  talk: (socket: ReturnType<typeof connect>, heard: (part: string) => Promise<void>) => Promise<void> | void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(engine.capturePort, '127.0.0.1')
    let text = ''
    const listeners = new Set<() => void>()
    socket.on('data', (chunk) => {
      text += chunk.toString()
      for (const listener of listeners) listener()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
    const heard = (part: string): Promise<void> =>
      new Promise((done) => {
        const look = (): void => {
          if (text.includes(part)) done()
        }
        listeners.add(look)
        look()
      })
    socket.on('connect', () => {
      Promise.resolve(talk(socket, heard)).then(() => socket.destroy(), reject)
    })
  })
}

describe('a connection', () => {
  it('may break in the middle of a request, of which nothing is kept', async () => {
    const { lastEventId } = await engine.analysed()
    const head = 'POST /v1/batch HTTP/1.1\r\nHost: a\r\n'
    const halves = [
      'POST /v1/b',
      head,
      `${head}Content-Length: 100\r\n\r\n`,
      `${head}Content-Length: 100\r\n\r\n{"batch":[{"type":"track","userId":"u"}]}`,
      `${head}Transfer-Encoding: chunked\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\n29\r\n{"batch":[{"type":"track","userId":"u"}]}\r\n`,
    ]
    for (const half of halves) {
      await overSocket(
        (socket) => new Promise((written, failed) => socket.write(half, (e) => (e ? failed(e) : written()))),
      )
    }
    const next = await taken(engine, '/v1/track', { userId: 'u', event: 'Order Sent' })
    expect(next.id).toBe(lastEventId + 1)
  })

  it.each<[what: string, status: number, code: string, bytes: string]>([
    ['what is no HTTP', 400, 'HTTP_MALFORMED', '\u0016\u0003\u0001\u0002\u0000\u0001'],
    ['a header without an end', 431, 'HEADERS_TOO_LARGE', `GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(100_000)}`],
    [
      'two lengths',
      400,
      'HTTP_MALFORMED',
      'POST /v1/t HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    ],
    [
      'a length and chunks',
      400,
      'HTTP_MALFORMED',
      'POST /v1/t HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a chunk of no size',
      400,
      'HTTP_MALFORMED',
      'POST /v1/t HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
    ],
  ])('is closed with a refusal that says why after %s', async (_what, status, code, bytes) => {
    const { lastEventId } = await engine.analysed()
    const text = await overSocket(async (socket, heard) => {
      const closed = once(socket, 'end')
      socket.write(bytes)
      await heard('\r\n\r\n')
      await closed
    })
    const [head = '', body = ''] = text.split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(head).toContain('Connection: close')
    expectRefusal({ status, headers: { 'content-type': 'application/json' }, text: body }, status, code)
    expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(Buffer.byteLength(body))
    expect((await engine.analysed()).lastEventId).toBe(lastEventId)
  })

  it('may carry several requests that do not wait for each other', async () => {
    const { lastEventId } = await engine.analysed()
    const requests = ['First Sent', 'Second Sent', 'Third Sent'].map((event) => {
      const body = JSON.stringify({ userId: 'u', event })
      return `POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    })
    const text = await overSocket(async (socket, heard) => {
      socket.write(requests.join(''))
      await heard(success)
      await expect
        .poll(async () => (await engine.analysed()).lastEventId, { timeout: 10_000 })
        .toBe(lastEventId + 3)
    })
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/)
    const events = await engine.events(`id:>${lastEventId}`)
    expect(events.map(({ event }) => event)).toEqual(['First Sent', 'Second Sent', 'Third Sent'])
  })
})

describe('what a batch says about all of its calls', () => {
  const long = 'k'.repeat(40_000)
  const batch = Array.from({ length: 2_000 }, () => ({ type: 'track', userId: 'u', event: 'Step Taken' }))

  it('is not multiplied by them without end', async () => {
    const event = await refused(
      engine,
      JSON.stringify({ context: { groupId: long }, batch }),
      413,
      'BATCH_SHARES_TOO_MUCH',
    )
    expect(event.rejection?.message).toContain('39 KB')
    expect(event.rejection?.message).toContain('2000 of them')
  })

  it.each<[what: string, headers: [string, string][]]>([
    ['in X-Write-Key', [['X-Write-Key', long]]],
    ['in the query, and an anonymousId', [['AnonymousId', long]]],
  ])('nor is a write key that names nothing: %s', async (what, headers) => {
    const query = what.includes('query') ? `?writeKey=${long.slice(0, 8_000)}` : ''
    const event = await taken(engine, `/v1/batch${query}`, { batch: batch.slice(0, 2) }, headers)
    expect(event).toMatchObject({ source: null, anonymousId: null, userId: 'u' })
  })
})
