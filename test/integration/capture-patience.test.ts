import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Backlog } from '../../electron/engine/capture/backlog.ts'
import type { BacklogLimits } from '../../electron/engine/capture/backlog.ts'
import type { Answer, RawRequest } from '../../electron/engine/capture/raw-request.ts'
import { createCaptureServer, createSecureCaptureServer } from '../../electron/engine/capture/server.ts'
import type { CaptureOptions } from '../../electron/engine/capture/server.ts'
import { keyPem } from '../../electron/engine/capture/https/authority.ts'
import { makeAuthority, makeServerCertificate } from '../../electron/engine/capture/https/certificate.ts'
import { machineNames } from '../../electron/engine/capture/https/machine-names.ts'
import type { Notice } from '../../electron/engine/capture/activity.ts'
import { Connections } from '../../electron/engine/capture/connections.ts'
import { FaultyAnswers } from '../../electron/engine/capture/faulty-answers.ts'
import type { Patience } from '../../electron/engine/capture/patience.ts'
import { TracksideError } from '../../shared/contract/errors.ts'
import { success } from './answers.ts'

// Who sends slowly, and a disk that does not take what is sent, hold up nobody else, and nobody for ever.

const impatience: Patience = { keepAliveMs: 5_000, headersMs: 300, requestMs: 600, checkingMs: 50 }

let server: Server | null = null
let sockets: Socket[] = []
let notices: Notice[] = []

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  server?.closeAllConnections()
  if (server !== null) await new Promise((closed) => server?.close(closed))
})

async function listen(
  limits: Partial<BacklogLimits> = {},
  append: (request: RawRequest) => Promise<Answer> = async () => ({ status: 200 }),
): Promise<number> {
  return opened(createCaptureServer(optionsOf(limits, append)))
}

function listenSecurely(): Promise<number> {
  const now = Date.now()
  const { certificate, key } = makeServerCertificate(
    makeAuthority('test', now),
    machineNames('127.0.0.1'),
    now,
  )
  const options = optionsOf({}, async () => ({ status: 200 }))
  return opened(createSecureCaptureServer(options, { cert: certificate.toString(), key: keyPem(key) }))
}

function optionsOf(limits: Partial<BacklogLimits>, append: CaptureOptions['append']): CaptureOptions {
  // Of this server alone: an earlier one may still say that it was left.
  const noticed: Notice[] = []
  notices = noticed
  return {
    append,
    faults: new FaultyAnswers(),
    connections: new Connections(),
    authorityPem: () => null,
    notice: (notice) => noticed.push(notice),
    now: () => Date.now(),
    backlog: new Backlog(limits),
    patience: impatience,
  }
}

async function opened(made: Server): Promise<number> {
  server = made
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return (made.address() as AddressInfo).port
}

interface Talk {
  socket: Socket
  /** All that was heard when the other side has ended it. */
  end: Promise<string>
  heard(): string
}

async function talk(port: number): Promise<Talk> {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString()))
  socket.on('error', () => undefined)
  const end = once(socket, 'close').then(() => text)
  await once(socket, 'connect')
  return { socket, end, heard: () => text }
}

/** Sends byte after byte, as long as it may. */
async function trickle(socket: Socket, bytes: string): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return
    socket.write(byte)
    await new Promise((later) => setTimeout(later, 5))
  }
}

const call = JSON.stringify({ event: 'Step Taken', userId: 'jane' })
const head = (length: number): string =>
  `POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`
const send = (port: number): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/v1/track`, { method: 'POST', body: call })

describe('a sender who is slow', () => {
  it.each([
    ['with the headers', 'POST /v1/track HTTP/1.1\r\nX-Slow: ', null],
    ['with the body', head(2_000), '/v1/track'],
  ])('is cut off %s, hears why, is noticed once, and holds up nobody', async (_what, beginning, path) => {
    const port = await listen()
    const slow = await talk(port)
    slow.socket.write(beginning)
    void trickle(slow.socket, 'x'.repeat(1_999))
    expect(await (await send(port)).text()).toBe(success)
    const heard = await slow.end
    expect(heard).toMatch(/^HTTP\/1\.1 408 /)
    expect(heard).toMatch(/Content-Type: application\/json\r\n.*Connection: close\r\n/s)
    const [, body = ''] = heard.split('\r\n\r\n')
    const { message } = new TracksideError('REQUEST_TOO_SLOW')
    expect(JSON.parse(body)).toEqual({ success: false, code: 'REQUEST_TOO_SLOW', message, error: message })
    expect((await send(port)).status).toBe(200)
    await vi.waitFor(() => expect(notices).not.toEqual([]))
    expect(notices.map(({ kind, path: noticed }) => [kind, noticed])).toEqual([['hangup', path]])
  })

  it.each([
    ['before its first byte', ''],
    ['in the middle of a handshake', '\u0016\u0003\u0001'],
  ])('is let go over https, too: %s', async (_what, beginning) => {
    const slow = await talk(await listenSecurely())
    if (beginning !== '') slow.socket.write(beginning)
    await slow.end
    expect(notices).toEqual([])
  })

  it('is answered and noticed over https, too, where it does not speak HTTP', async () => {
    const socket = connectTls({ port: await listenSecurely(), host: '127.0.0.1', rejectUnauthorized: false })
    sockets.push(socket)
    let heard = ''
    socket.on('data', (chunk) => (heard += chunk.toString()))
    await once(socket, 'secureConnect')
    socket.write('NONSENSE\r\n\r\n')
    await once(socket, 'close')
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
    expect(notices.map(({ kind }) => kind)).toEqual(['malformed'])
  })

  it('is taken though every byte comes by itself', async () => {
    const port = await listen()
    const slow = await talk(port)
    slow.socket.setNoDelay(true)
    for (const byte of head(call.length) + call)
      await new Promise<void>((written) => slow.socket.write(byte, () => written()))
    await vi.waitFor(() => expect(slow.heard()).toContain(success))
  })

  it('is the one who has to go when all together send too much', async () => {
    const port = await listen({ arrivingBytes: 300_000 })
    const slow = await Promise.all([1, 2, 3].map(() => talk(port)))
    for (const [index, { socket }] of slow.entries())
      socket.write(head(1_000_000) + 'x'.repeat(90_000 + index * 1_000))
    slow[0]?.socket.write('x'.repeat(60_000))
    await vi.waitFor(() => expect(slow[0]?.heard()).toContain('"code":"CAPTURE_OVERLOADED"'))
    expect(slow[0]?.heard()).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 1/s)
    expect((await send(port)).status).toBe(200)
    expect(slow[1]?.heard()).toBe('')
  })
})

describe('a log that does not take anything', () => {
  it('is no reason to wait for ever: the sender hears in time that it is to be sent again', async () => {
    const port = await listen({ waitMs: 100 }, () => new Promise(() => undefined))
    const answer = await send(port)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({ success: false, code: 'CAPTURE_OVERLOADED' })
  })

  it('is no reason to hold more and more: what goes over the limit is refused at once', async () => {
    let begun = 0
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const port = await listen({ waitingBytes: 50_000 }, async () => {
      begun += 1
      await released
      return { status: 200 }
    })
    const waiting = Array.from({ length: 20 }, () => send(port))
    expect((await Promise.race(waiting)).status).toBe(503)
    expect(begun).toBeLessThan(10)
    release()
    const statuses = (await Promise.all(waiting)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(begun)
    expect(statuses.filter((status) => status === 503)).toHaveLength(20 - begun)
  })
})

describe('what follows a call on its connection', () => {
  it('may be no HTTP: the call is answered first', async () => {
    const commits: (() => void)[] = []
    const port = await listen(
      {},
      () => new Promise((resolve) => commits.push(() => resolve({ status: 200 }))),
    )
    const { socket, end } = await talk(port)
    socket.write(`${head(call.length)}${call}no HTTP at all\r\n\r\n`)
    await vi.waitFor(() => expect(commits).toHaveLength(1))
    for (let more = 0; more < 20; more += 1) socket.write('and so on')
    commits[0]?.()
    const [first, ...others] = (await end).split(/(?=HTTP\/1\.1 \d)/)
    expect(first).toContain(success)
    expect(others).toHaveLength(1)
    expect(others[0]).toMatch(/^HTTP\/1\.1 400 .*HTTP_MALFORMED/s)
  })

  it('may be nothing more at all: a sender who has closed its side is answered', async () => {
    const port = await listen()
    const { socket, end } = await talk(port)
    socket.end(head(call.length) + call)
    expect(await end).toContain(success)
  })

  it('may expect to be told to go on, and is not mixed up with the answer before', async () => {
    const port = await listen()
    const { socket, end } = await talk(port)
    const expecting = `POST /v1/track HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: ${call.length}\r\n\r\n${call}`
    socket.end(head(call.length) + call + expecting)
    expect((await end).match(/\{"success":true\}/g)).toHaveLength(2)
    expect(await end).toMatch(/true\}HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  })

  it('may expect what nobody knows, and is taken all the same', async () => {
    const port = await listen()
    const { socket, end } = await talk(port)
    socket.end(`POST /v1/track HTTP/1.1\r\nExpect: tea\r\nContent-Length: ${call.length}\r\n\r\n${call}`)
    expect(await end).toContain(success)
  })
})
