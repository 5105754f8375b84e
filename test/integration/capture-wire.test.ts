import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseFile } from '../../electron/engine/store/database.ts'
import { RunningEngine } from './running-engine.ts'

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

const call = '{"event":"Invoice Sent","userId":"user_42"}'

function postOn(agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(
      { agent, host: '127.0.0.1', port: engine.capturePort, method: 'POST', path: '/v1/track' },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode))
      },
    )
      .on('error', reject)
      .end(call)
  })
}

describe('a request', () => {
  it('is known by its connection, and its place on it', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let one = 0; one < 3; one += 1) expect(await postOn(agent)).toBe(200)
    const third = (await engine.latest()).request
    await engine.post('/v1/track', call)
    const other = (await engine.latest()).request
    agent.destroy()
    expect(third).toMatchObject({ httpVersion: '1.1', secure: false, remoteAddress: '127.0.0.1' })
    expect(third.connection?.request).toBe(3)
    expect(third.remotePort).toBeGreaterThan(0)
    expect(other.connection).toEqual({ number: (third.connection?.number ?? 0) + 1, request: 1 })
    expect(other.remotePort).not.toBe(third.remotePort)
  })

  it('tells how large it was, as sent and unpacked', async () => {
    const zipped = gzipSync(call)
    await engine.post('/v1/track', zipped, [['Content-Encoding', 'gzip']])
    expect((await engine.latest()).request).toMatchObject({
      encoding: 'gzip',
      bodyBytes: zipped.length,
      unpackedBytes: call.length,
    })
    await engine.post('/v1/track', call)
    expect((await engine.latest()).request).toMatchObject({ encoding: null, unpackedBytes: null })
    await engine.post('/v1/track', zipped.subarray(0, 20), [['Content-Encoding', 'gzip']])
    expect((await engine.latest()).request).toMatchObject({ encoding: 'gzip', unpackedBytes: null })
  })

  it('tells how long its body took to arrive', async () => {
    const socket = connect(engine.capturePort, '127.0.0.1')
    socket.write(`POST /v1/track HTTP/1.0\r\nContent-Length: ${call.length}\r\n\r\n${call.slice(0, 5)}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    socket.write(call.slice(5))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
    const slow = (await engine.latest()).request
    expect(slow.arrivalMs).toBeGreaterThanOrEqual(250)
    expect(slow.httpVersion).toBe('1.0')
    await engine.post('/v1/track', call)
    expect((await engine.latest()).request.arrivalMs).toBeLessThan(250)
  })

  it('hides what is secret in its address, but not the source', async () => {
    await engine.post('/v1/track?writeKey=web&token=abc', call)
    const event = await engine.latest()
    expect(event.request.path).toBe('/v1/track?writeKey=web&token=***')
    expect(event.source).toBe('web')
  })

  it('that breaks off is still known by its write key', async () => {
    await engine.post('/v1/track', '{"writeKey":"broken-app","event":"Invoice Se')
    const event = await engine.latest()
    expect(event).toMatchObject({ accepted: false, source: 'broken-app', rawBytes: null })
    expect((await engine.events('source:broken-app')).map(({ id }) => id)).toEqual([event.id])
  })

  it('that is no text is kept by its bytes', async () => {
    const bytes = Buffer.from([0x00, 0xff, 0x10, 0x41])
    await engine.post('/v1/track', bytes)
    expect((await engine.latest()).rawBytes).toBe(bytes.toString('base64'))
    await engine.post('/v1/track', 'Zoë\r\n\tsays ✓')
    expect(await engine.latest()).toMatchObject({ rawBody: 'Zoë\r\n\tsays ✓', rawBytes: null })
  })

  it('of an older version shows without what was not noted then', async () => {
    await engine.post('/v1/track', call)
    const { id, requestId } = await engine.latest()
    await engine.restart(() => {
      const database = new Database(databaseFile(engine.data))
      database
        .prepare(
          `UPDATE request SET http_version = NULL, secure = NULL, connection = NULL, connection_request = NULL,
             remote_port = NULL, arrival_ms = NULL, answer_status = NULL WHERE id = ?`,
        )
        .run(requestId)
      database.close()
    })
    expect((await engine.event(id)).request).toMatchObject({
      httpVersion: null,
      secure: null,
      connection: null,
      remotePort: null,
      arrivalMs: null,
      answer: null,
    })
  })
})
