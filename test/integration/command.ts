import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { EngineAddress } from '../../electron/engine/options.ts'
import { inProject } from '../../scripts/project.ts'

export type Running = ChildProcessByStdio<null, Readable, Readable>

export interface Ended {
  /** Exit status; null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

/** Starts the command from its sources, as a shell would; nothing of this process's settings leaks in. */
export function start(
  arguments_: readonly string[],
  environment: Record<string, string> = {},
  folder?: string,
): Running {
  const { TRACKSIDE_DATA: _data, TRACKSIDE_URL: _url, TRACKSIDE_TOKEN: _token, ...inherited } = process.env
  return spawn(process.execPath, [inProject('electron/cli/main.ts'), ...arguments_], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder === undefined ? {} : { cwd: folder }),
  })
}

export async function ended(running: Running): Promise<Ended> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(running.stdout),
    text(running.stderr),
    once(running, 'exit') as Promise<[number | null]>,
  ])
  return { code, stdout, stderr }
}

export async function trackside(...arguments_: string[]): Promise<Ended> {
  return ended(start(arguments_))
}

/** A served engine in a process of its own, on free ports. */
export interface Served {
  address: EngineAddress
  process: Running
  /** Ends it with a signal, and gives its exit status. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export async function serve(data: string, ...flags: string[]): Promise<Served> {
  const running = start([
    'serve',
    '--json',
    '--port=0',
    '--app-port=0',
    '--https-port=0',
    `--data=${data}`,
    ...flags,
  ])
  const exit = once(running, 'exit') as Promise<[number | null]>
  running.stderr.pipe(process.stderr)
  const line = await Promise.race([
    once(createInterface({ input: running.stdout }), 'line') as Promise<[string]>,
    exit.then(([code]) => {
      throw new Error(`serve ended with ${code} before it was ready`)
    }),
  ])
  return {
    address: JSON.parse(line[0]) as EngineAddress,
    process: running,
    end: async (signal) => {
      if (running.exitCode === null && running.signalCode === null) running.kill(signal)
      const [code] = await exit
      return code
    },
  }
}
