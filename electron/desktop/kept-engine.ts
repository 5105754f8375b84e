import { setTimeout as delay } from 'node:timers/promises'
import { dialog } from 'electron'
import type { EngineAddress } from '../engine/options.ts'
import { EngineProcess } from './engine-process.ts'
import type { DesktopEngineOptions } from './messages.ts'
import { offerFreePort } from './ports.ts'

/** Waits before each restart, in ms. After the last the person is asked: something is wrong that waiting won't mend. */
const defaultRestartDelaysMs = [250, 1000, 4000]

/** An engine that ran this long, in ms, was well; its next crash starts the waits anew. */
const steadyAfterMs = 60_000

/** Keeps one engine running: starts it, restarts it after a crash, stops it. */
export class KeptEngine {
  #options: DesktopEngineOptions
  #process: EngineProcess | null = null
  #address: EngineAddress | null = null
  #isStopping = false
  readonly #onAddress: (address: EngineAddress) => void
  readonly #onLost: () => void
  readonly #restartDelaysMs: readonly number[]

  /** `onAddress` hears where the engine listens, after each start; `onLost` that it won't be started again. */
  constructor(
    options: DesktopEngineOptions,
    hears: { onAddress: (address: EngineAddress) => void; onLost: () => void },
    restartDelaysMs: readonly number[] = defaultRestartDelaysMs,
  ) {
    this.#options = options
    this.#onAddress = hears.onAddress
    this.#onLost = hears.onLost
    this.#restartDelaysMs = restartDelaysMs
  }

  /** Where the engine listens, or did before a crash that is being mended; null before the first start. */
  get address(): EngineAddress | null {
    return this.#address
  }

  /** Resolves once it runs, or once the person has been told why it can't. */
  async start(): Promise<void> {
    try {
      const engine = await this.#startOnSomePort()
      if (engine === null) this.#onLost()
      else this.#keep(engine, 0)
    } catch (error) {
      await this.#giveUp('Trackside can’t start.', error)
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#process?.stop()
  }

  async #startOnSomePort(): Promise<EngineProcess | null> {
    for (;;) {
      try {
        return await EngineProcess.start(this.#options)
      } catch (error) {
        const options = await offerFreePort(error, this.#options)
        if (options === null) return null
        this.#options = options
      }
    }
  }

  #keep(engine: EngineProcess, restarts: number): void {
    this.#process = engine
    this.#address = engine.address
    // An SDK and a page hold on to a port: a restarted engine comes back to the one it had.
    this.#options = { ...this.#options, ...portsOf(engine.address) }
    if (this.#isStopping) {
      // It was still starting when the person quit.
      void engine.stop()
      return
    }
    const startedAt = performance.now()
    this.#onAddress(engine.address)
    void engine.ended.then(async (code) => {
      this.#process = null
      if (this.#isStopping) return
      const wasSteady = performance.now() - startedAt >= steadyAfterMs
      await this.#restart(wasSteady ? 0 : restarts, `its process ended with code ${code}`)
    })
  }

  async #restart(restarts: number, reason: unknown): Promise<void> {
    const wait = this.#restartDelaysMs[restarts]
    if (wait === undefined) {
      if (await this.#wantsAnotherTry(reason)) return this.#restart(0, reason)
      this.#onLost()
      return
    }
    await delay(wait)
    if (this.#isStopping) return
    try {
      this.#keep(await EngineProcess.start(this.#options), restarts + 1)
    } catch (error) {
      await this.#restart(restarts + 1, error)
    }
  }

  async #wantsAnotherTry(reason: unknown): Promise<boolean> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'Trackside has stopped capturing.',
      detail: `The engine ended ${this.#restartDelaysMs.length + 1} times in a row: ${sentence(reason)} What was captured is kept.`,
      buttons: ['Start again', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    })
    return response === 0
  }

  async #giveUp(message: string, error: unknown): Promise<void> {
    await dialog.showMessageBox({ type: 'error', message, detail: sentence(error), buttons: ['Quit'] })
    this.#onLost()
  }
}

const portOf = (url: string): number => Number(new URL(url).port)

const portsOf = ({ capture, https, app }: EngineAddress) => ({
  port: portOf(capture),
  ...(https === undefined ? {} : { httpsPort: portOf(https) }),
  appPort: portOf(app),
})

function sentence(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
