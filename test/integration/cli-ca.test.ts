import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, start, trackside } from './command.ts'
import type { Served } from './command.ts'

let data: string
let served: Served

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'trackside-cli-ca-'))
  served = await serve(data, '--https')
})
afterAll(async () => {
  await served.end('SIGTERM')
  rmSync(data, { recursive: true, force: true })
})

const caFile = (): string => join(data, 'ca', 'trackside-ca.pem')

describe('trackside serve --https', () => {
  it('says in its line where capture speaks https, and only then', () => {
    expect(Object.keys(served.address).sort()).toEqual(['app', 'capture', 'data', 'https', 'pid', 'token'])
    expect(served.address.https).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  })
})

describe('trackside ca', () => {
  it('says where the certificate is, and how to recognise it', async () => {
    const { code, stdout } = await trackside('ca', `--data=${data}`)
    expect(code).toBe(0)
    expect(stdout).toContain(caFile())
    expect(stdout).toContain(new X509Certificate(readFileSync(caFile())).fingerprint256)
    expect(stdout).toContain(served.address.https)
    expect(stdout).toMatch(/node, php, ruby, python/)
  })

  it('prints lines that a shell can be given', async () => {
    const { stdout } = await trackside('ca', '--for=node', `--data=${data}`)
    expect(stdout).toMatch(/^# /)
    expect(stdout).toContain(`\nexport NODE_EXTRA_CA_CERTS='${caFile()}'\n`)
  })

  it('knows what it has lines for', async () => {
    const { code, stderr } = await trackside('ca', '--for=cobol', `--data=${data}`)
    expect(code).toBe(2)
    expect(stderr).toContain('It is one of node, php, ruby')
  })

  it('--test waits for a call over https, and says who sent it', async () => {
    const testing = start(['ca', '--test', '--timeout=30s', `--data=${data}`])
    const lines = createInterface({ input: testing.stdout })
    const exit = once(testing, 'exit')
    const [waiting] = (await once(lines, 'line')) as [string]
    expect(waiting).toContain(`Waiting for a call to ${served.address.https}`)
    const body = JSON.stringify({
      writeKey: 'api',
      userId: '42',
      event: 'Invoice Sent',
      context: { library: { name: 'analytics-php', version: '3.8.1' } },
    })
    const said = once(lines, 'line') as Promise<[string]>
    await fetch(`${served.address.capture}/v1/track`, { method: 'POST', body })
    const [first] = await said
    expect(first).toMatch(/^Event 1 came over http: its SDK has the address with http:\/\/ still/)
    const next = once(lines, 'line') as Promise<[string]>
    const outgoing = request(`${served.address.https}/v1/track`, {
      method: 'POST',
      ca: readFileSync(caFile()),
    })
    outgoing.end(body)
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    await text(response)
    expect((await next)[0]).toBe(
      'Event 2 came over https, from analytics-php 3.8.1: the CA is trusted there.',
    )
    expect(await exit).toEqual([0, null])
  })

  it('--test says who sent a call that names no library', async () => {
    const testing = start(['ca', '--test', '--timeout=30s', `--data=${data}`])
    const lines = createInterface({ input: testing.stdout })
    await once(lines, 'line')
    const said = once(lines, 'line') as Promise<[string]>
    const outgoing = request(`${served.address.https}/v1/track`, {
      method: 'POST',
      ca: readFileSync(caFile()),
      headers: { 'User-Agent': 'curl/8.5.0' },
    })
    outgoing.end(JSON.stringify({ userId: '42', event: 'Invoice Sent' }))
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    await text(response)
    expect((await said)[0]).toContain('came over https, from curl/8.5.0: the CA is trusted there.')
  })

  it('--test gives up in time, with exit status 1', async () => {
    const { code, stdout } = await trackside('ca', '--test', '--timeout=200ms', `--data=${data}`)
    expect(code).toBe(1)
    expect(stdout).toContain('Nothing came over https within')
  })

  it('says what to do while https is off', async () => {
    const other = mkdtempSync(join(tmpdir(), 'trackside-cli-ca-'))
    const plain = await serve(other)
    expect(plain.address.https).toBeUndefined()
    const { code, stderr } = await trackside('ca', `--data=${other}`)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^HTTPS_OFF: .*--https/)
    await plain.end('SIGTERM')
    rmSync(other, { recursive: true, force: true })
  })
})
