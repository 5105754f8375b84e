import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import type { RequestOptions } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { IncomingMessage } from 'node:http'
import type { Https, Status } from '../../shared/contract/schemas.ts'
import { RunningEngine } from './running-engine.ts'

const call = JSON.stringify({ type: 'track', writeKey: 'api', userId: '42', event: 'Invoice Sent' })

interface Heard {
  status: number
  headers: IncomingMessage['headers']
  bytes: Buffer
  body: unknown
}

async function heard(outgoing: ReturnType<typeof request>, body?: string): Promise<Heard> {
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const bytes = Buffer.concat(await response.toArray())
  const isJson = response.headers['content-type']?.includes('json') === true
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    body: isJson ? JSON.parse(bytes.toString()) : null,
  }
}

const post = (url: string, options: RequestOptions): Promise<Heard> =>
  heard(request(`${url}/v1/track`, { method: 'POST', agent: false, ...options }), call)

async function https(engine: RunningEngine): Promise<Https> {
  const { capture } = await engine.api<Status>('/status')
  if (capture.https === null) throw new Error(`https is off: ${capture.httpsFailure?.message}`)
  return capture.https
}

const portOf = (url: string): number => Number(new URL(url).port)

/** The certificate that the server shows to who asks right now. */
async function shownCertificate(engine: RunningEngine): Promise<X509Certificate> {
  const { url, caFile } = await https(engine)
  const socket = connect({ host: '127.0.0.1', port: portOf(url), ca: readFileSync(caFile) })
  await once(socket, 'secureConnect')
  const shown = socket.getPeerX509Certificate()
  socket.destroy()
  if (shown === undefined) throw new Error('no certificate was shown')
  return shown
}

describe('capture over https', () => {
  let engine: RunningEngine
  let ca: Buffer
  let port: number

  beforeAll(async () => {
    engine = await RunningEngine.start({ https: true })
    const { caFile, url } = await https(engine)
    ca = readFileSync(caFile)
    port = portOf(url)
  })
  afterAll(() => engine.close())

  it.each(['127.0.0.1', 'localhost', '[::1]'])('takes a call at %s from who trusts the CA', async (host) => {
    const { events } = await engine.api<Status>('/status')
    expect(await post(`https://${host}:${port}`, { ca })).toMatchObject({
      status: 200,
      body: { success: true },
    })
    expect((await engine.latest()).event).toBe('Invoice Sent')
    expect((await engine.api<Status>('/status')).events).toBe(events + 1)
  })

  it('is refused by who does not trust the CA', async () => {
    await expect(post(`https://localhost:${port}`, { ca: [] })).rejects.toThrow(
      /unable to verify|self-signed/,
    )
  })

  it('shows a certificate for all names of this machine, that browsers and phones accept', async () => {
    const shown = await shownCertificate(engine)
    for (const name of ['localhost', 'host.docker.internal']) expect(shown.checkHost(name)).toBe(name)
    for (const address of ['127.0.0.1', '::1', '10.0.2.2']) expect(shown.checkIP(address)).toBe(address)
    const days = (shown.validToDate.getTime() - shown.validFromDate.getTime()) / 86_400_000
    expect(days).toBeLessThanOrEqual(397)
    expect(days).toBeGreaterThan(396)
    expect(shown.ca).toBe(false)
    // id-kp-serverAuth
    expect(shown.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })

  it('has a CA that says whose it is, and whose files nobody else reads', async () => {
    const { caFile, fingerprint, expiresAt } = await https(engine)
    const authority = new X509Certificate(ca)
    expect(authority.subject).toMatch(/CN=Trackside local CA \(.+\)/)
    expect(authority.ca).toBe(true)
    expect(authority.fingerprint256).toBe(fingerprint)
    expect(authority.validToDate.toISOString()).toBe(expiresAt)
    expect(caFile).toBe(join(engine.data, 'ca', 'trackside-ca.pem'))
    const modeOf = (name: string): string =>
      (statSync(join(engine.data, 'ca', name)).mode & 0o777).toString(8)
    expect(modeOf('.')).toBe('700')
    expect(modeOf('trackside-ca.key')).toBe('600')
    expect(modeOf('server.pem')).toBe('600')
  })

  it.each(['http', 'https'])('gives its CA to a phone that asks over %s', async (protocol) => {
    const get = (path: string): Promise<Heard> =>
      heard(
        protocol === 'http'
          ? plainRequest(`${engine.capture}${path}`, { agent: false })
          : request(`https://127.0.0.1:${port}${path}`, { agent: false, ca }),
      )
    const pem = await get('/trackside-ca.pem')
    expect(pem).toMatchObject({ status: 200, bytes: ca })
    const der = await get('/trackside-ca.crt')
    expect(der.headers['content-type']).toBe('application/x-x509-ca-cert')
    expect(new X509Certificate(der.bytes).fingerprint256).toBe(new X509Certificate(ca).fingerprint256)
    expect((await engine.api<{ pem: string }>('/capture/ca')).pem).toBe(ca.toString())
  })

  it('sends an SDK that asks for its settings on to https', async () => {
    const { body } = await heard(
      request(`https://localhost:${port}/v1/projects/app/settings`, { agent: false, ca }),
    )
    expect(body).toMatchObject({
      integrations: { 'Segment.io': { apiHost: `localhost:${port}/v1`, protocol: 'https' } },
    })
    const plain = await engine.send({ method: 'GET', path: '/v1/projects/app/settings' })
    expect(JSON.parse(plain.text)).toMatchObject({ integrations: { 'Segment.io': { protocol: 'http' } } })
  })

  it('tells plain http that this port speaks https', async () => {
    const answer = await heard(
      plainRequest(`http://127.0.0.1:${port}/v1/track`, { method: 'POST', agent: false }),
      call.padEnd(300_000),
    )
    expect(answer).toMatchObject({
      status: 400,
      body: { success: false, code: 'HTTPS_NEEDED', message: expect.stringContaining('https://') as string },
    })
  })

  it('lets a sender of TLS on the port of http find out what is wrong', async () => {
    const socket = connect({ host: '127.0.0.1', port: engine.capturePort, rejectUnauthorized: false })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/wrong version number/i)
  })

  it('lives on after clients that say nothing, or nonsense', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from([0x16, 3, 1, 0xff, 0xff, 0]), Buffer.from('\0\0\0')]) {
      const socket = connectPlain(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.end(bytes)
      socket.resume()
      await once(socket, 'close')
    }
    expect((await post(`https://localhost:${port}`, { ca })).status).toBe(200)
  })
})

describe('the CA', () => {
  let engine: RunningEngine
  let caDirectory: string

  beforeAll(async () => {
    engine = await RunningEngine.start({ https: true })
    caDirectory = join(engine.data, 'ca')
  })
  afterAll(() => engine.close())

  it('stays the same over a restart, as does what the server shows', async () => {
    const [before, shown] = [await https(engine), await shownCertificate(engine)]
    await engine.restart()
    expect((await https(engine)).fingerprint).toBe(before.fingerprint)
    expect((await shownCertificate(engine)).fingerprint256).toBe(shown.fingerprint256)
  })

  it.each([
    ['lost', (file: string) => rmSync(file)],
    ['damaged', (file: string) => writeFileSync(file, 'not a certificate')],
    ['another CA’s', (file: string) => writeFileSync(file, readFileSync(foreignServer))],
  ])('signs a new server certificate where that is %s', async (_what, harm) => {
    const [before, shown] = [await https(engine), await shownCertificate(engine)]
    await engine.restart(() => harm(join(caDirectory, 'server.pem')))
    expect((await https(engine)).fingerprint).toBe(before.fingerprint)
    expect((await shownCertificate(engine)).fingerprint256).not.toBe(shown.fingerprint256)
  })

  const foreign: RunningEngine[] = []
  let foreignServer: string
  beforeAll(async () => {
    const other = await RunningEngine.start({ https: true })
    foreign.push(other)
    foreignServer = join(other.data, 'ca', 'server.pem')
  })
  afterAll(() => Promise.all(foreign.map((other) => other.close())))

  describe('that can’t be used', () => {
    let restore: () => void = () => undefined
    afterEach(async () => {
      await engine.restart(restore)
    })

    it.each([
      [
        'whose certificate is damaged',
        'trackside-ca.pem',
        () => 'not a certificate',
        /trackside-ca\.pem is damaged/,
      ],
      ['whose key is damaged', 'trackside-ca.key', () => 'not a key', /trackside-ca\.key is damaged/],
      ['whose certificate is lost', 'trackside-ca.pem', () => null, /ENOENT.*trackside-ca\.pem/],
      ['whose key is lost', 'trackside-ca.key', () => null, /ENOENT.*trackside-ca\.key/],
      [
        'whose key is another’s',
        'trackside-ca.key',
        () => readFileSync(join(foreignServer, '..', 'trackside-ca.key'), 'utf8'),
        /not the key of trackside-ca\.pem/,
      ],
    ])('says so and is not replaced: one %s', async (_what, name, harm, message) => {
      const file = join(caDirectory, name)
      const before = readFileSync(file)
      restore = () => writeFileSync(file, before)
      const harmed = harm()
      await expect(
        engine.restart(() => (harmed === null ? rmSync(file) : writeFileSync(file, harmed))),
      ).rejects.toMatchObject({ code: 'CA_UNUSABLE', message: expect.stringMatching(message) as string })
      expect(existsSync(file) ? readFileSync(file, 'utf8') : null).toBe(harmed)
    })
  })
})

describe('the switch in the settings', () => {
  let engine: RunningEngine
  beforeAll(async () => {
    engine = await RunningEngine.start()
  })
  afterAll(() => engine.close())

  const set = (on: boolean): Promise<unknown> => engine.api('/settings', 'PATCH', { https: on })

  it('is off at first: no port, no CA', async () => {
    const { capture } = await engine.api<Status>('/status')
    expect(capture).toMatchObject({ https: null, httpsFailure: null, httpsByFlag: false })
    expect(existsSync(join(engine.data, 'ca'))).toBe(false)
    const answer = await engine.send({ method: 'GET', path: '/trackside-ca.crt' })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'HTTPS_OFF' })
  })

  it('opens and closes the port at once, comes back to the same one, and outlives a restart', async () => {
    await set(true)
    const { url, caFile } = await https(engine)
    const ca = readFileSync(caFile)
    expect((await post(url, { ca })).status).toBe(200)
    await set(false)
    await expect(post(url, { ca })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await set(true)
    expect((await https(engine)).url).toBe(url)
    await engine.restart()
    expect((await post((await https(engine)).url, { ca })).status).toBe(200)
    await set(false)
  })

  it('says why it can’t be had, and captures on without it', async () => {
    await set(true)
    await set(false)
    const file = join(engine.data, 'ca', 'trackside-ca.pem')
    const before = readFileSync(file)
    writeFileSync(file, '')
    await expect(set(true)).rejects.toThrow('CA_UNUSABLE')
    await engine.restart()
    expect((await engine.api<Status>('/status')).capture).toMatchObject({
      https: null,
      httpsFailure: {
        code: 'CA_UNUSABLE',
        message: expect.stringContaining('delete the directory') as string,
      },
    })
    expect((await engine.call('track', { userId: '42', event: 'Order Placed' })).accepted).toBe(true)
    writeFileSync(file, before)
    await set(false)
    await set(true)
    expect((await engine.api<Status>('/status')).capture).toMatchObject({ httpsFailure: null })
  })
})
