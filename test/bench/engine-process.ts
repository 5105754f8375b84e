import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { engineEnvironment, engineFlags } from '../../electron/engine/memory.ts'
import type { EngineAddress } from '../../electron/engine/options.ts'
import type { Status } from '../../shared/contract/schemas.ts'
import { build } from '../../scripts/build.ts'
import { inProject, root } from '../../scripts/project.ts'
import { keepTrackOf, kill } from './child.ts'

/** Bytes of memory that a process holds. */
export interface Memory {
  all: number
  /** Of it, pages of files: the database is mapped, and the system takes these back when it needs them. */
  ofFiles: number
}

/** The built engine, as a user runs it, in a process and a data directory of its own. */
export class EngineProcess {
  readonly address: EngineAddress
  readonly #process: ChildProcess

  private constructor(child: ChildProcess, address: EngineAddress) {
    this.#process = child
    this.address = address
  }

  static async start(): Promise<EngineProcess> {
    await build({ onlyStale: true })
    const data = mkdtempSync(join(tmpdir(), 'trackside-bench-'))
    const child = spawn(
      process.execPath,
      [
        ...engineFlags,
        inProject('dist/electron/cli/main.js'),
        'serve',
        '--json',
        '--port=0',
        '--app-port=0',
        `--data=${data}`,
      ],
      { cwd: root, env: { ...process.env, ...engineEnvironment }, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    keepTrackOf(child)
    const remove = (): void => rmSync(data, { recursive: true, force: true, maxRetries: 3 })
    process.on('exit', remove)
    child.once('exit', () => {
      process.off('exit', remove)
      remove()
    })
    if (child.stdout === null) throw new Error('The engine has no stdout')
    const [line] = (await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(([code]) =>
        Promise.reject(new Error(`The engine ended with ${String(code)}`)),
      ),
    ])) as [string]
    return new EngineProcess(child, JSON.parse(line) as EngineAddress)
  }

  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { app, token } = this.address
    const answer = await fetch(`${app}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value: unknown = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value as T
  }

  status(): Promise<Status> {
    return this.api('GET', '/status')
  }

  /** Asks again and again until analysis has seen the whole log, or for `timeoutMs` at most. */
  async analysed(timeoutMs: number): Promise<Status> {
    const end = performance.now() + timeoutMs
    for (;;) {
      const status = await this.status()
      if (status.analysedUpTo >= status.lastEventId || performance.now() >= end) return status
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** null where the system does not tell. */
  memory(): Memory | null {
    if (process.platform !== 'linux') return null
    const status = readFileSync(`/proc/${this.address.pid}/status`, 'utf8')
    const kilobytes = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1])
    return {
      all: kilobytes('VmRSS') * 1024,
      ofFiles: (kilobytes('RssFile') + kilobytes('RssShmem')) * 1024,
    }
  }

  /** The log is thrown away anyway, so there is nothing to wait for. */
  kill(): Promise<void> {
    return kill(this.#process)
  }
}
