import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { idMark } from './calls.ts'
import { Child } from './child.ts'
import type { FloodInput, FloodResult } from './flood-generator.ts'
import type { SteadyInput, SteadyResult } from './steady-generator.ts'

const execute = promisify(execFile)

const hasWrk = await execute('wrk', ['--version']).then(
  () => true,
  // It prints its usage and exits with 1 when it is there.
  (error: { code: unknown }) => error.code === 1,
)

/** Which generator makes floods here. */
export const floodGenerator = hasWrk
  ? 'wrk with a Lua script'
  : 'a generator of our own on raw sockets (wrk is not installed; with it, more of the cores is left to the servers)'

let runs = 0

/** The numbers that a run puts into its requests are its own. */
function nextRun(): number {
  runs += 1
  return runs
}

interface WrkResult {
  requests: number
  microseconds: number
  refused: number
  failed: number
  p50: number
  p99: number
}

/** Floods a server over so many connections for so many seconds. Raises where a request was refused or failed. */
export async function flood(
  url: string,
  file: string,
  connections: number,
  seconds: number,
): Promise<FloodResult> {
  const result = hasWrk
    ? await floodWithWrk(url, file, connections, seconds)
    : await Child.result<FloodResult>('flood-generator.ts', {
        url,
        file,
        run: nextRun(),
        connections,
        seconds,
      } satisfies FloodInput)
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} requests failed at ${url}`)
  return result
}

async function floodWithWrk(
  url: string,
  file: string,
  connections: number,
  seconds: number,
): Promise<FloodResult> {
  const script = fileURLToPath(new URL('load.lua', import.meta.url))
  const { stdout } = await execute('wrk', [
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    '--timeout=10s',
    `--script=${script}`,
    url,
    '--',
    file,
    idMark,
    String(nextRun()),
  ])
  const line = stdout.trimEnd().split('\n').at(-1) ?? ''
  const { requests, microseconds, refused, failed, p50, p99 } = JSON.parse(line) as WrkResult
  return { requests, ms: microseconds / 1000, failed: refused + failed, p50: p50 / 1000, p99: p99 / 1000 }
}

/** Sends so many requests as fast as they are answered. Raises where one was refused or failed. */
export async function sendAll(
  url: string,
  file: string,
  connections: number,
  requests: number,
): Promise<FloodResult> {
  const input: FloodInput = { url, file, run: nextRun(), connections, requests }
  const result = await Child.result<FloodResult>('flood-generator.ts', input)
  if (result.failed > 0) throw new Error(`${result.failed} of ${requests} requests failed at ${url}`)
  return result
}

export async function steady(
  url: string,
  file: string,
  pace: Pick<SteadyInput, 'perSecond' | 'seconds' | 'warmUpSeconds'>,
): Promise<SteadyResult> {
  const input: SteadyInput = { url, file, run: nextRun(), ...pace }
  const result = await Child.result<SteadyResult>('steady-generator.ts', input)
  if (result.failed > 0) throw new Error(`${result.failed} requests failed at ${url}`)
  return result
}
