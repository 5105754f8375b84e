import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { Status } from '../../shared/contract/schemas.ts'
import { engineEnvironment, engineFlags } from '../../electron/engine/memory.ts'
import type { EngineAddress } from '../../electron/engine/options.ts'
import { inProject } from '../../scripts/project.ts'

export { expect } from '@playwright/test'

/** The built product, running: an engine of its own for each test, on free ports. */
export class Trackside {
  readonly address: EngineAddress

  constructor(address: EngineAddress) {
    this.address = address
  }

  /** Sends a call as an SDK does; `path` as in `/v1/track`. */
  async send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.address.capture + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  async api<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
    const response = await fetch(`${this.address.app}/api/v1${path}`, {
      method: init.method ?? 'GET',
      headers: { authorization: `Bearer ${this.address.token}`, 'content-type': 'application/json' },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** Until all that was captured has been judged. */
  async analysed(): Promise<Status> {
    for (;;) {
      const status = await this.api<Status>('/status')
      if (status.analysedUpTo >= status.lastEventId) return status
    }
  }

  /** The address of a place of the page, with the token. */
  url(path = '/'): string {
    return `${this.address.app}${path}#token=${this.address.token}`
  }

  /** Opens a place of the page, and waits until its view is there and has its line to the engine. */
  async open(page: Page, path = '/'): Promise<void> {
    await page.goto(this.url(path))
    // The shell comes first: a key that is pressed before the view has come does nothing.
    await page.locator('#content > *').first().waitFor()
    await page.getByRole('status').filter({ hasText: 'capturing' }).waitFor()
  }
}

/** Starts the built engine on `data`; `stop` ends it as Ctrl C does. */
export async function startTrackside(
  data: string,
  ...flags: string[]
): Promise<{ trackside: Trackside; stop: (signal?: NodeJS.Signals) => Promise<void> }> {
  const engine = spawn(
    process.execPath,
    [
      ...engineFlags,
      inProject('dist/electron/cli/main.js'),
      'serve',
      '--json',
      '--port=0',
      '--app-port=0',
      '--https-port=0',
      `--data=${data}`,
      ...flags,
    ],
    { env: { ...process.env, ...engineEnvironment }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: engine.stdout })
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(engine, 'exit').then(([code]) => {
      throw new Error(`The engine ended with exit code ${String(code)} before it was ready`)
    }),
  ])) as [string]
  return {
    trackside: new Trackside(JSON.parse(line) as EngineAddress),
    stop: async (signal = 'SIGINT') => {
      if (engine.exitCode !== null || engine.signalCode !== null) return
      engine.kill(signal)
      await once(engine, 'exit')
    },
  }
}

export const test = base.extend<{ flags: string[]; trackside: Trackside; failures: string[] }>({
  /** Of the command, for the engine of the test. */
  flags: [[], { option: true }],
  trackside: async ({ page, flags }, use) => {
    const data = mkdtempSync(join(tmpdir(), 'trackside-e2e-'))
    const { trackside, stop } = await startTrackside(data, ...flags)
    await use(trackside)
    // First the page: it would complain, rightly, that its engine is gone.
    await page.close()
    await stop()
    rmSync(data, { recursive: true, force: true })
  },
  /** Whatever the page throws or complains of: no test passes over it. */
  failures: [
    async ({ page }, use) => {
      const failures: string[] = []
      page.on('pageerror', (error) => failures.push(error.stack ?? error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') failures.push(message.text())
      })
      await use(failures)
      if (failures.length > 0) throw new Error(`The page complained:\n${failures.join('\n')}`)
    },
    { auto: true },
  ],
})
