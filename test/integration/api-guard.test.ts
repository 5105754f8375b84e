import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Status } from '../../shared/contract/schemas.ts'
import { clientOf, openClient, serveEngine, temporaryDirectory } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'

const secretName = 'Secret Plan Made'
let engine: ServedEngine
let token: string
let port: number

beforeAll(async () => {
  const data = temporaryDirectory()
  // The page lies inside the data directory, so that one step too far out would be a leak.
  const page = join(data, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<title>the page</title>')
  writeFileSync(join(page, 'assets', 'app.js'), 'the script')
  mkdirSync(join(data, 'page-of-another'))
  writeFileSync(join(data, 'page-of-another', 'secret.js'), 'leaked')
  // As left behind by a careless copy.
  writeFileSync(join(data, 'token'), 'token-of-the-guard-test\n', { mode: 0o644 })
  writeFileSync(join(data, 'trackside.db'), '', { mode: 0o644 })
  chmodSync(data, 0o755)
  engine = await serveEngine({ data, page })
  token = engine.address.token
  port = Number(new URL(engine.address.app).port)
  await engine.capture([{ type: 'track', event: secretName, userId: 'jane' }])
})

afterAll(() => engine.stop())

interface RawAnswer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** A request with any headers at all, and a path that nobody tidies up. */
async function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<RawAnswer> {
  const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }).end()
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }
}

/** What comes back, until it hangs up, for bytes that no HTTP client would send. */
async function send(bytes: string, to: number): Promise<string> {
  const socket = connect(to, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

const bearer = (): OutgoingHttpHeaders => ({ authorization: `Bearer ${token}` })
const refusalOf = ({ status, body }: RawAnswer): [number, string] => [
  status,
  (JSON.parse(body) as { code: string }).code,
]

describe('the API wants the token', () => {
  it('and takes it as a bearer', async () => {
    expect((await ask('/api/v1/status', bearer())).status).toBe(200)
    expect((await ask('/api/v1/status', { authorization: `bearer  ${token} ` })).status).toBe(200)
  })

  it.each<[string, OutgoingHttpHeaders, string]>([
    ['none', {}, 'TOKEN_MISSING'],
    ['an empty one', { authorization: 'Bearer ' }, 'TOKEN_MISSING'],
    ['another scheme', { authorization: `Basic ${Buffer.from('x:y').toString('base64')}` }, 'TOKEN_MISSING'],
    ['a wrong one', { authorization: 'Bearer wrong' }, 'TOKEN_WRONG'],
    ['its beginning', { authorization: 'Bearer token-of-the-guard' }, 'TOKEN_WRONG'],
    ['it in a cookie', { cookie: 'token=token-of-the-guard-test' }, 'TOKEN_MISSING'],
  ])('and refuses %s', async (_, headers, code) => {
    for (const path of ['/api/v1/status', '/api/v1/events', '/api/v1/openapi.json', '/api/v1/nothing']) {
      const answer = await ask(path, headers)
      expect(refusalOf(answer)).toEqual([401, code])
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(answer.body).not.toContain(token)
    }
  })

  it('and does not look for it in the address, where logs would keep it', async () => {
    expect(refusalOf(await ask(`/api/v1/status?token=${token}`))).toEqual([401, 'TOKEN_MISSING'])
  })

  it('before anything is deleted or sent', async () => {
    expect(refusalOf(await ask('/api/v1/events', {}, 'DELETE'))).toEqual([401, 'TOKEN_MISSING'])
    expect(refusalOf(await ask('/api/v1/rebuild', {}, 'POST'))).toEqual([401, 'TOKEN_MISSING'])
    expect(await engine.get<Status>('/status')).toMatchObject({ events: 1 })
  })

  it('and says 404 for what it does not have only to who has it', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['GET', '/api/'],
      ['GET', '/api/v2/status'],
      ['POST', '/api/v1/status'],
    ] as const)
      expect(refusalOf(await ask(path, bearer(), method))).toEqual([404, 'API_UNKNOWN'])
  })
})

describe('other pages stay out', () => {
  const hosts = (own: number): [ok: string[], foreign: string[]] => [
    [`127.0.0.1:${own}`, `localhost:${own}`, `LocalHost:${own}`, `[::1]:${own}`],
    [
      'evil.example',
      `evil.example:${own}`,
      `127.0.0.1.evil.example:${own}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `0.0.0.0:${own}`,
    ],
  ]

  it('by the Host they were rebound to', async () => {
    const [own, foreign] = hosts(port)
    for (const host of own) expect((await ask('/api/v1/status', { ...bearer(), host })).status).toBe(200)
    for (const host of foreign) {
      for (const path of ['/api/v1/status', '/', '/assets/app.js'])
        expect(refusalOf(await ask(path, { ...bearer(), host }))).toEqual([403, 'HOST_FOREIGN'])
    }
    expect(await send('GET / HTTP/1.0\r\n\r\n', port)).toMatch(/^HTTP\/1\.1 403/)
  })

  const origins = (): [own: string[], foreign: string[]] => [
    [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`],
    [
      'null',
      'http://evil.example',
      `https://127.0.0.1:${port}`,
      `ws://127.0.0.1:${port}`,
      `127.0.0.1:${port}`,
      `http://http://127.0.0.1:${port}`,
      'http://127.0.0.1',
      'http://127.0.0.1:1',
      `http://127.0.0.1:${port}.evil.example`,
      `http://user@127.0.0.1:${port}`,
      'file://',
      '',
    ],
  ]

  it('by their Origin', async () => {
    const [own, foreign] = origins()
    for (const origin of own) expect((await ask('/api/v1/status', { ...bearer(), origin })).status).toBe(200)
    for (const origin of foreign) {
      for (const path of ['/api/v1/status', '/']) {
        const answer = await ask(path, { ...bearer(), origin })
        expect([origin, ...refusalOf(answer)]).toEqual([origin, 403, 'ORIGIN_FOREIGN'])
        expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      }
    }
    const preflight = await ask('/api/v1/events', { origin: 'http://evil.example' }, 'OPTIONS')
    expect(refusalOf(preflight)).toEqual([403, 'ORIGIN_FOREIGN'])
  })

  it('of the WebSocket as well', async () => {
    const [own, foreign] = origins()
    for (const origin of own) (await openClient(engine.address, { origin })).socket.close()
    for (const origin of foreign.filter((each) => each !== ''))
      await expect(openClient(engine.address, { origin })).rejects.toThrow('403')
  })
})

describe('the WebSocket', () => {
  it('speaks the contract to who offers the token as a subprotocol, and does not repeat it', async () => {
    const { client, socket } = await openClient(engine.address)
    expect(socket.protocol).toBe('trackside')
    expect(await client.status()).toMatchObject({ events: 1 })
    const { events } = await client.events.list({ query: `event:"${secretName}"` })
    expect(events).toMatchObject([{ event: secretName, person: { id: 'jane' } }])
    await expect(client.events.get({ id: 999 })).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 })
    await expect(client.events.list({ query: 'evnt:x' })).rejects.toMatchObject({
      code: 'QUERY_SYNTAX',
      data: { from: 0, to: 4, expected: ['event:'] },
    })
    await expect(client.events.list({ limit: 0 })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    socket.close()
  })

  it.each([
    ['no subprotocol', []],
    ['no token', ['trackside']],
    ['an empty token', ['trackside', 'token.']],
    ['a wrong token', ['trackside', 'token.wrong']],
  ])('is not opened with %s', async (_, protocols) => {
    await expect(openClient(engine.address, { protocols })).rejects.toThrow('401')
  })

  it('is at one address only', async () => {
    const upgrade = (path: string): Promise<string> =>
      send(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
          `Sec-WebSocket-Protocol: trackside, token.${token}\r\n\r\n`,
        port,
      )
    for (const path of ['/', '/api/ws/', '/api/v1/ws', '//api/ws'])
      expect(await upgrade(path)).toMatch(/^HTTP\/1\.1 404/)
  })
})

describe('the page', () => {
  it('is given to anyone on this machine, with a policy that lets nothing else in', async () => {
    const answer = await ask('/')
    expect(answer).toMatchObject({ status: 200, body: '<title>the page</title>' })
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).toMatch(/frame-ancestors 'none'/)
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect((await ask('/users/42')).body).toBe('<title>the page</title>')
    expect(await ask('/assets/app.js')).toMatchObject({ status: 200, body: 'the script' })
    expect((await ask('/', {}, 'POST')).status).toBe(405)
  })

  const ways = (file: string): string[] => [
    `/../${file}`,
    `/assets/../../${file}`,
    `//../${file}`,
    `/./../${file}`,
    `/%2e%2e/${file}`,
    `/%2e%2e%2f${file}`,
    `/..%2f${file}`,
    `/assets/..%2f..%2f${file}`,
    `/%252e%252e/${file}`,
    `/..\\${file}`,
    `/..%5c${file}`,
    `/%c0%ae%c0%ae/${file}`,
    `/..;/${file}`,
    `/../${file}%00.html`,
    `/../${file}?.js`,
    `/../${file}#.js`,
    `http://127.0.0.1/../${file}`,
  ]

  it('never shows a file beside it, however the path is written', async () => {
    const data = engine.data
    for (const file of [
      'token',
      'engine.json',
      'trackside.db',
      'search.db',
      'page-of-another/secret.js',
      data.slice(1) + '/token',
    ]) {
      const content = file.endsWith('secret.js') ? 'leaked' : readFileSync(join(data, 'token'), 'utf8').trim()
      for (const path of ways(file)) {
        const answer = await send(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
          port,
        )
        expect([path, answer.split('\r\n', 1)[0]]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 [24]/)])
        for (const secret of [content, secretName, '"pid"', 'SQLite format'])
          expect([path, answer.includes(secret)]).toEqual([path, false])
      }
    }
    expect((await ask(`${data}/token`)).body).toBe('<title>the page</title>')
  })
})

describe('the capture port', () => {
  it('answers nothing that could be read back', async () => {
    const capturePort = Number(new URL(engine.address.capture).port)
    for (const path of [
      '/',
      '/token',
      '/../token',
      '/api/v1/status',
      '/api/v1/events',
      '/api/v1/openapi.json',
      '/api/ws',
      '/v1/events',
      '/v1/track',
      '/v1/batch',
      '/v1/projects/web/settings',
      '/v1/users/jane',
      '/index.html',
    ]) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
        const answer = await send(
          `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${capturePort}\r\nAuthorization: Bearer ${token}\r\n` +
            'Connection: close\r\n\r\n',
          capturePort,
        )
        expect(answer).toMatch(/^HTTP\/1\.1 (200|204|404|405)/)
        for (const secret of [token, secretName, 'jane"', engine.data]) expect(answer).not.toContain(secret)
      }
    }
    await expect(openClient({ ...engine.address, app: engine.address.capture })).rejects.toThrow()
    expect(await engine.get<Status>('/status')).toMatchObject({ events: 1 })
  })
})

describe('what is on disk', () => {
  it('can be read by its owner alone, also where it was otherwise before', () => {
    const databases = ['trackside.db', 'search.db'].flatMap((file) => [file, `${file}-wal`, `${file}-shm`])
    for (const file of ['token', 'engine.json', ...databases])
      expect([file, statSync(join(engine.data, file)).mode & 0o777]).toEqual([file, 0o600])
  })

  it('lies in a directory that is made for its owner alone', async () => {
    const place = temporaryDirectory()
    const data = join(place, 'deep', 'down')
    const other = await serveEngine({ data })
    expect(statSync(data).mode & 0o777).toBe(0o700)
    await other.stop()
    rmSync(place, { recursive: true })
  })

  it('holds the token that clients find, the same at every start', async () => {
    expect(token).toBe('token-of-the-guard-test')
    const data = temporaryDirectory()
    const first = await serveEngine({ data })
    const made = first.address.token
    expect(made).toMatch(/^[\w-]{32}$/)
    expect(readFileSync(join(data, 'token'), 'utf8').trim()).toBe(made)
    await expect(clientOf({ ...first.address, token }).get('/status')).rejects.toThrow('TOKEN_WRONG')
    await first.stop()
  })
})
