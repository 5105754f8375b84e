import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { Child, keepTrackOf, kill } from './child.ts'
import { EngineProcess } from './engine-process.ts'
import { flood, floodGenerator } from './load.ts'
import { writeSingleCalls } from './requests.ts'
import { median } from './statistics.ts'
import { count, decimal, ofRounds, printNote, printTable } from './table.ts'

const rounds = 3
const seconds = 3
const connections = 16

interface Server {
  url: string
  stop(): Promise<void>
}

interface Recorder {
  name: string
  /** What a person does to have it measured; null where it is there. */
  missing: string | null
  start(folder: string, bareUrl: string): Promise<Server>
}

const trackside: Recorder = {
  name: 'Trackside',
  missing: null,
  async start() {
    const engine = await EngineProcess.start()
    return { url: engine.address.capture, stop: () => engine.kill() }
  },
}

function hasMockttp(): boolean {
  try {
    createRequire(import.meta.url).resolve('mockttp')
    return true
  } catch {
    return false
  }
}

const mockttp: Recorder = {
  name: 'mockttp, recording',
  missing: hasMockttp() ? null : 'npm install --no-save mockttp',
  async start() {
    const child = new Child<string>('mockttp-server.ts', null)
    return { url: await child.next(), stop: () => child.kill() }
  },
}

const hasMitmdump = await new Promise<boolean>((resolve) => {
  spawn('mitmdump', ['--version'], { stdio: 'ignore' })
    .once('error', () => resolve(false))
    .once('exit', (code) => resolve(code === 0))
})

const mitmdump: Recorder = {
  name: 'mitmdump, in front of the bare server',
  missing: hasMitmdump ? null : 'install the package mitmproxy',
  async start(folder, bareUrl) {
    const port = await freePort()
    const child = spawn(
      'mitmdump',
      [
        ['--quiet'],
        ['--mode', `reverse:${bareUrl}`],
        ['--listen-host', '127.0.0.1'],
        ['--listen-port', String(port)],
        ['--save-stream-file', join(folder, 'mitmdump.flows')],
      ].flat(),
      { stdio: 'ignore' },
    )
    keepTrackOf(child)
    await untilListening(port)
    return { url: `http://127.0.0.1:${port}`, stop: () => kill(child) }
  },
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const socket = connect(port, '127.0.0.1')
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Nothing listens on ${port}`)
}

/** Single calls a second, beside what else records them. */
export async function benchPeers(folder: string): Promise<void> {
  const { file } = writeSingleCalls(folder)
  const bare = new Child<string>('bare-server.ts', null)
  const speeds = new Map<Recorder, number[]>()
  const recorders = [trackside, mockttp, mitmdump]
  try {
    const bareUrl = await bare.next()
    for (let round = 1; round <= rounds; round += 1) {
      for (const recorder of recorders.filter(({ missing }) => missing === null)) {
        const server = await recorder.start(folder, bareUrl)
        try {
          await flood(server.url, file, connections, 1)
          const { requests, ms } = await flood(server.url, file, connections, seconds)
          speeds.set(recorder, [...(speeds.get(recorder) ?? []), (requests / ms) * 1000])
        } finally {
          await server.stop()
        }
      }
    }
  } finally {
    await bare.kill()
  }
  const own = median(speeds.get(trackside) ?? [])
  printTable(
    `peers: single calls for ${seconds} s, ${rounds} rounds by turns`,
    ['', 'requests/s', 'of Trackside'],
    [...speeds].map(([{ name }, all]) => [name, ofRounds(all), decimal(median(all) / own, 2)]),
  )
  printNote(`Load: ${floodGenerator}; ${count(connections)} connections.`)
  for (const { name, missing } of recorders)
    if (missing !== null) printNote(`Not measured: ${name}. To have it: ${missing}.`)
}
