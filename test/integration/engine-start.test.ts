import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEngine } from '../../electron/engine/engine.ts'
import { listen } from '../../electron/engine/listen.ts'
import type { Engine, EngineAddress, EngineOptions } from '../../electron/engine/options.ts'
import { inProject } from '../../scripts/project.ts'
import type { ErrorCode, TracksideError } from '../../shared/contract/errors.ts'
import type { Status } from '../../shared/contract/schemas.ts'
import { clientOf, engineOptions, refusedStart, temporaryDirectory } from './served-engine.ts'

let data: string
const running: Engine[] = []

beforeEach(() => {
  data = temporaryDirectory()
})

afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop()
  rmSync(data, { recursive: true, force: true })
})

async function start(change: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await startEngine({ ...engineOptions(data), ...change })
  running.push(engine)
  return engine
}

async function refusal(code: ErrorCode, change: Partial<EngineOptions> = {}): Promise<TracksideError> {
  const error = await refusedStart({ ...engineOptions(data), ...change })
  expect(error.code).toBe(code)
  return error
}

async function occupy(host: string, port = 0): Promise<{ port: number; server: Server }> {
  const server = createServer()
  server.listen({ host, port, ipv6Only: true })
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

const portOf = (url: string): number => Number(new URL(url).port)
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)

describe('a taken port', () => {
  it.each([
    ['port', '--port'],
    ['appPort', '--app-port'],
  ] as const)(
    'of %s is named with the flag that picks another, and nothing is left behind',
    async (key, flag) => {
      const { port, server } = await occupy('127.0.0.1')
      const error = await refusal('PORT_TAKEN', { [key]: port })
      expect(error.data).toMatchObject({ port, flag })
      expect(error.message).toContain(`Port ${port} is taken`)
      expect(error.message).toContain(`choose another port with ${flag}`)
      expect(error.message).toContain(process.platform === 'win32' ? 'netstat' : `lsof -i :${port}`)
      server.close()
      const engine = await start({ [key]: port })
      expect(portOf(key === 'port' ? engine.address.capture : engine.address.app)).toBe(port)
    },
  )

  it.runIf(hasIpv6)('on ::1 alone would take half of the calls, so it counts as taken', async () => {
    const { port, server } = await occupy('::1')
    await refusal('PORT_TAKEN', { port })
    server.close()
  })

  it.runIf(hasIpv6)('on ::1 alone does no harm where any port will do', async () => {
    const blockers: Server[] = []
    const made: HttpServer[] = []
    const listening = await listen(
      () => {
        const before = made.at(-1)?.address() as AddressInfo | null | undefined
        // Between the first address and the second, somebody else takes the port of the second: once.
        if (before && blockers.length === 0) {
          blockers.push(createServer().listen({ host: '::1', port: before.port, ipv6Only: true }))
        }
        const server = createHttpServer((_, response) => response.end('here'))
        made.push(server)
        return server
      },
      0,
      '127.0.0.1',
      '--port',
    )
    expect(blockers).toHaveLength(1)
    expect(listening.port).not.toBe((blockers[0]?.address() as AddressInfo).port)
    for (const host of ['127.0.0.1', '[::1]'])
      expect(await (await fetch(`http://${host}:${listening.port}`)).text()).toBe('here')
    await listening.close()
    blockers[0]?.close()
  })

  it('says so when it is no address of this machine', async () => {
    const error = await refusal('ADDRESS_UNUSABLE', { host: '203.0.113.1' })
    expect(error.message).toContain('203.0.113.1')
    expect(error.message).toContain('--host')
  })
})

describe('listening', () => {
  const status = async (url: string): Promise<number> => (await fetch(url, { method: 'OPTIONS' })).status

  it('is on free ports where 0 is asked for, on both addresses of the loopback', async () => {
    const { address } = await start()
    const [capture, app] = [portOf(address.capture), portOf(address.app)]
    expect(capture).toBeGreaterThan(0)
    expect(app).not.toBe(capture)
    expect(address).toMatchObject({ data, pid: process.pid })
    for (const host of ['127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])]) {
      expect(await status(`http://${host}:${capture}/v1/track`)).toBe(204)
      const answer = await fetch(`http://${host}:${app}/api/v1/status`, {
        headers: { authorization: `Bearer ${address.token}` },
      })
      expect(answer.status).toBe(200)
    }
  })

  it.skipIf(process.platform !== 'linux')(
    'reads with one thread, which stands back behind the others',
    async () => {
      /** Of each thread of this process, as nice(1) counts. */
      const niceness = (): number[] =>
        readdirSync('/proc/self/task').map((thread) => {
          const behindItsName = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ').at(-1)
          return Number(behindItsName?.split(' ')[16])
        })
      const usual = Math.max(...niceness())
      await start()
      expect(niceness().filter((nice) => nice > usual)).toHaveLength(1)
    },
  )

  it('opens capture, and only capture, to the network', async () => {
    const lan = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address)
    const { address } = await start({ host: '0.0.0.0' })
    expect(new URL(address.capture).hostname).toBe('127.0.0.1')
    const { capture } = await clientOf(address).get<Status>('/status')
    expect(capture.open).toBe(true)
    expect(capture.urls).toEqual([
      address.capture,
      ...lan.map((host) => `http://${host}:${portOf(address.capture)}`),
    ])
    for (const url of capture.urls) expect(await status(`${url}/v1/track`)).toBe(204)
    for (const host of lan) await expect(fetch(`http://${host}:${portOf(address.app)}/`)).rejects.toThrow()
  })

  it.runIf(hasIpv6)('gives an address that can be used for IPv6, too', async () => {
    const { address } = await start({ host: '::1' })
    expect(new URL(address.capture).hostname).toBe('[::1]')
    expect(await status(`${address.capture}/v1/track`)).toBe(204)
    await start({ host: '::', data: join(data, 'other') })
    for (const { address: each } of running) expect(await status(`${each.capture}/v1/track`)).toBe(204)
  })
})

describe('a data directory', () => {
  it('belongs to one engine at a time; the second hears where the first one is', async () => {
    const first = await start()
    const error = await refusal('DATA_IN_USE')
    expect(error.data).toMatchObject({ data, pid: process.pid, app: first.address.app })
    expect(error.message).toContain(first.address.app)
    expect((await fetch(`${first.address.capture}/v1/track`, { method: 'OPTIONS' })).status).toBe(204)
    await first.stop()
    await start()
  })

  it('is free again when its engine was killed', async () => {
    const served = spawn(
      process.execPath,
      [inProject('electron/cli/main.ts'), 'serve', '--json', '--port=0', '--app-port=0', `--data=${data}`],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(createInterface({ input: served.stdout }), 'line')) as [string]
    const { app, pid } = JSON.parse(line) as EngineAddress
    const error = await refusal('DATA_IN_USE')
    expect(error.data).toMatchObject({ pid, app })
    served.kill('SIGKILL')
    await once(served, 'exit')
    expect((await start()).address.pid).toBe(process.pid)
  })

  it.each([
    ['lies under a file', () => join(data, 'a-file', 'data')],
    ['is a file', () => join(data, 'a-file')],
    ['is in a place where nobody can write', () => '/proc/trackside'],
  ])('that %s is refused with the reason', async (_, directory) => {
    writeFileSync(join(data, 'a-file'), '')
    const error = await refusal('DATA_UNWRITABLE', { data: directory() })
    expect(error.message).toContain(directory())
    expect(error.message).toContain('--data')
  })

  it('keeps its token, unless another one is given', async () => {
    const first = await start()
    await first.stop()
    const second = await start()
    expect(second.address.token).toBe(first.address.token)
    await second.stop()
    const third = await start({ token: 'of-my-own' })
    expect(third.address.token).toBe('of-my-own')
    expect(readFileSync(join(data, 'token'), 'utf8')).toBe('of-my-own\n')
  })
})

describe('stopping', () => {
  it('lets a request that is under way finish, and has it in the log', async () => {
    const engine = await start()
    const socket = connect(portOf(engine.address.capture), '127.0.0.1')
    const body = JSON.stringify({ event: 'Invoice Sent', userId: 'jane' })
    const head = `POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
    socket.write(head + body.slice(0, 10))
    // An answer on a later connection says that the first one has been read.
    await fetch(`${engine.address.capture}/v1/track`, { method: 'OPTIONS' })
    const stopped = engine.stop()
    socket.write(body.slice(10))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/)
    await stopped
    const again = await start()
    expect(await clientOf(again.address).events()).toMatchObject([{ event: 'Invoice Sent' }])
  })

  it('does not wait for ever for one who never finishes, nor for an upgraded connection', async () => {
    const server = createHttpServer()
    server.on('upgrade', (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    const { port, close } = await listen(() => server, 0, '127.0.0.2', '--port')
    const upgraded = connect(port, '127.0.0.2')
    upgraded.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
    await once(upgraded, 'data')
    const slow = connect(port, '127.0.0.2')
    slow.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf')
    const closed = Promise.all([once(upgraded, 'close'), once(slow, 'close')])
    await once(server, 'request')
    await close()
    await closed
  })

  it('may be asked for twice', async () => {
    const engine = await start()
    await Promise.all([engine.stop(), engine.stop()])
    await engine.stop()
    await start()
  })
})
