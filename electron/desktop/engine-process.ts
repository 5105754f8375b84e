import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import type { UtilityProcess } from 'electron'
import { TracksideError } from '../../shared/contract/errors.ts'
import type { EngineAddress } from '../engine/options.ts'
import { engineEnvironment, engineFlags } from '../engine/memory.ts'
import { siblingModule } from '../engine/store/sibling.ts'
import type { DesktopEngineOptions, FromEngine, ToEngine } from './messages.ts'
import { answerOfKeyring, systemKeepsSecrets } from './secrets.ts'

/** An engine that has not stopped by then is ended; what it has acknowledged is in the database already. */
const stopLimitMs = 5000

/** One life of the engine's process, from its start to its end. */
export class EngineProcess {
  readonly address: EngineAddress
  /** Its exit code, once it has ended, on request or not. */
  readonly ended: Promise<number>
  readonly #child: UtilityProcess

  private constructor(child: UtilityProcess, address: EngineAddress, ended: Promise<number>) {
    this.#child = child
    this.address = address
    this.ended = ended
  }

  /** Resolves when capture and app listen. Raises what the engine raises: PORT_TAKEN, DATA_*, DATABASE_*, INTERNAL. */
  static async start(options: DesktopEngineOptions): Promise<EngineProcess> {
    const start: ToEngine = { kind: 'start', options, systemKeepsSecrets: await systemKeepsSecrets() }
    const child = utilityProcess.fork(fileURLToPath(siblingModule(import.meta.url, 'engine-entry')), [], {
      serviceName: 'Trackside engine',
      execArgv: [...engineFlags],
      env: { ...process.env, ...engineEnvironment },
    })
    const send = (message: ToEngine): void => child.postMessage(message)
    const ended = new Promise<number>((resolve) => child.once('exit', resolve))
    const address = new Promise<EngineAddress>((resolve, reject) => {
      child.on('message', (message: FromEngine) => {
        switch (message.kind) {
          case 'ready':
            resolve(message.address)
            break
          case 'failed':
            reject(new TracksideError(message.failure.code, message.failure.data))
            break
          case 'encrypt':
          case 'decrypt':
            void answerOfKeyring(message).then(send)
        }
      })
      void ended.then((code) => {
        reject(
          new TracksideError('INTERNAL', {
            detail: `its process ended with code ${code} before it was ready`,
          }),
        )
      })
    })
    send(start)
    try {
      return new EngineProcess(child, await address, ended)
    } catch (error) {
      child.kill()
      await ended
      throw error
    }
  }

  async stop(): Promise<void> {
    const stop: ToEngine = { kind: 'stop' }
    this.#child.postMessage(stop)
    const limit = setTimeout(() => this.#child.kill(), stopLimitMs)
    await this.ended
    clearTimeout(limit)
  }
}
