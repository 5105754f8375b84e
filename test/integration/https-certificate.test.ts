import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Backlog } from '../../electron/engine/capture/backlog.ts'
import { Connections } from '../../electron/engine/capture/connections.ts'
import { FaultyAnswers } from '../../electron/engine/capture/faulty-answers.ts'
import type { Notice } from '../../electron/engine/capture/activity.ts'
import { makeServerCertificate } from '../../electron/engine/capture/https/certificate.ts'
import { HttpsCapture } from '../../electron/engine/capture/https/https-capture.ts'
import { machineNames } from '../../electron/engine/capture/https/machine-names.ts'
import type { MachineNames } from '../../electron/engine/capture/https/machine-names.ts'
import { createCaptureServer, createSecureCaptureServer } from '../../electron/engine/capture/server.ts'
import type { CaptureOptions } from '../../electron/engine/capture/server.ts'

const dayMs = 86_400_000

let data: string
let names: MachineNames
let time: number
let https: HttpsCapture
let noticed: Notice[]
let captureOptions: CaptureOptions

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'trackside-ca-'))
  names = machineNames('127.0.0.1')
  time = Date.now()
  noticed = []
  captureOptions = {
    append: () => Promise.resolve({ status: 200 }),
    faults: new FaultyAnswers(),
    connections: new Connections(),
    backlog: new Backlog(),
    authorityPem: () => null,
    notice: (notice) => noticed.push(notice),
    now: () => time,
  }
  https = capture()
  await https.switch(true)
})

afterEach(async () => {
  await https.switch(false)
  rmSync(data, { recursive: true, force: true })
})

function capture(): HttpsCapture {
  return new HttpsCapture({
    data,
    host: '127.0.0.1',
    port: 0,
    makeServer: (identity) => createSecureCaptureServer(captureOptions, identity),
    names: () => names,
    now: () => time,
  })
}

function place(): { url: string; port: number; ca: string } {
  if (https.current === null) throw new Error(https.failure?.message ?? 'https is off')
  const [url] = https.current.urls
  return { url, port: Number(new URL(url).port), ca: https.current.authority.certificate.toString() }
}

/** What the server shows on a new connection; refused where the CA does not vouch for it. */
async function shown(): Promise<X509Certificate> {
  const { port, ca } = place()
  const socket = connect({ host: '127.0.0.1', port, ca })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  if (certificate === undefined) throw new Error('no certificate was shown')
  return certificate
}

describe('the server’s certificate', () => {
  it('is replaced while https runs, when the machine gets an address that it lacks', async () => {
    const before = await shown()
    expect(before.checkIP('192.168.7.42')).toBeUndefined()
    names = { ...names, addresses: [...names.addresses, '192.168.7.42'] }
    await https.refresh()
    const after = await shown()
    expect(after.checkIP('192.168.7.42')).toBe('192.168.7.42')
    expect(after.checkIP('127.0.0.1')).toBe('127.0.0.1')
  })

  it('stays while nothing has changed, and when the machine has lost an address', async () => {
    const before = await shown()
    names = { ...names, addresses: ['127.0.0.1'] }
    await https.refresh()
    expect((await shown()).fingerprint256).toBe(before.fingerprint256)
  })

  it('is replaced a month before its end, and not sooner', async () => {
    const before = await shown()
    time = before.validToDate.getTime() - 31 * dayMs
    await https.refresh()
    expect((await shown()).fingerprint256).toBe(before.fingerprint256)
    time = before.validToDate.getTime() - 29 * dayMs
    await https.refresh()
    expect(https.failure).toBeNull()
    await expect(shown()).rejects.toMatchObject({ code: 'CERT_NOT_YET_VALID' })
  })

  it('never outlives its CA, and a CA at its end says so', async () => {
    const end = https.current?.authority.certificate.validToDate.getTime() ?? 0
    await https.switch(false)
    time = end - 10 * dayMs
    https = capture()
    await https.switch(true)
    const server = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/.exec(
      readFileSync(join(data, 'ca', 'server.pem'), 'utf8'),
    )
    expect(new X509Certificate(server?.[0] ?? '').validToDate.getTime()).toBeLessThanOrEqual(end)
    await https.switch(false)
    time = end
    await expect(https.switch(true)).rejects.toMatchObject({
      code: 'CA_UNUSABLE',
      message: expect.stringContaining('is valid until') as string,
    })
    expect(https.failure?.code).toBe('CA_UNUSABLE')
  })

  it('stays as it was where a new one can’t be kept, and says why', async () => {
    const before = await shown()
    rmSync(join(data, 'ca'), { recursive: true })
    writeFileSync(join(data, 'ca'), '')
    names = { ...names, addresses: [...names.addresses, '192.168.7.43'] }
    await expect(https.refresh()).rejects.toMatchObject({ code: 'CA_UNUSABLE' })
    expect(https.failure?.message).toContain(join(data, 'ca'))
    expect((await shown()).fingerprint256).toBe(before.fingerprint256)
    rmSync(join(data, 'ca'))
    mkdirSync(join(data, 'ca'))
    await https.refresh()
    expect(https.failure).toBeNull()
  })

  it('is for no name outside of the local network', () => {
    expect(machineNames('app.example.com').domains).not.toContain('app.example.com')
    expect(machineNames('laptop.local').domains).toContain('laptop.local')
    expect(machineNames('192.168.7.44').addresses).toContain('192.168.7.44')
  })
})

describe('the CA', () => {
  it('can’t vouch for a name of the internet, to those who look', async () => {
    const authority = https.current?.authority
    if (authority === undefined) throw new Error('https is off')
    const { certificate, key } = makeServerCertificate(
      authority,
      { domains: ['bank.example.com'], addresses: [] },
      time,
    )
    const forger = createSecureCaptureServer(captureOptions, {
      cert: certificate.toString(),
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }).listen(0, '127.0.0.1')
    await once(forger, 'listening')
    const { port } = forger.address() as AddressInfo
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: 'bank.example.com',
      ca: authority.certificate.toString(),
    })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toMatch(/permitted subtree violation/)
    forger.close()
  })
})

describe('a handshake that fails', () => {
  it('is noticed where the client does not trust the certificate', async ({ skip }) => {
    const curl = spawn('curl', ['-sS', place().url], { stdio: 'ignore' })
    const [failure] = await Promise.race([once(curl, 'exit'), once(curl, 'error')])
    if (failure instanceof Error)
      skip('this machine has no curl; Node itself hangs up without giving a reason')
    await vi.waitFor(() => expect(noticed).toHaveLength(1))
    // A client that has hung up by then has no address any more.
    const remoteAddress: unknown = expect.toBeOneOf(['127.0.0.1', null])
    expect(noticed).toMatchObject([{ kind: 'untrusted', remoteAddress, detail: 'unknown ca' }])
  })

  it('is noticed where plain http comes to the port of https', async () => {
    const outgoing = plainRequest(`http://127.0.0.1:${place().port}`, { agent: false })
    outgoing.end()
    await once(outgoing, 'response')
    expect(noticed).toMatchObject([{ kind: 'plain', remoteAddress: '127.0.0.1', detail: null }])
  })

  it('is noticed where https comes to the port of http, and nonsense is not taken for it', async () => {
    const server = createCaptureServer(captureOptions).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const outgoing = request(`https://127.0.0.1:${port}`, { agent: false })
    outgoing.end()
    await once(outgoing, 'error')
    expect(noticed).toMatchObject([{ kind: 'tls', remoteAddress: '127.0.0.1', detail: null }])
    const socket = connectPlain(port, '127.0.0.1')
    socket.end('nonsense\r\n\r\n')
    socket.resume()
    await once(socket, 'close')
    expect(noticed.map(({ kind }) => kind)).toEqual(['tls', 'malformed'])
    server.close()
  })
})
