import type { SecretBox } from '../engine/options.ts'
import type { FromEngine, ToEngine } from './messages.ts'

type Answer = Extract<ToEngine, { kind: 'encrypted' | 'decrypted' | 'refused' }>

// What the system sealed begins with these bytes; all else was sealed with the key file, by `trackside serve` or on
// a machine without a keyring, and stays readable.
const mark = new TextEncoder().encode('os1:')

/**
 * In the engine's process: seals secrets with the keyring of the system, which only Electron's main process can
 * reach, hence by messages. Falls back to the key file where the system keeps no secrets.
 */
export class SystemSecretBox implements SecretBox {
  readonly #send: (message: FromEngine) => void
  readonly #systemKeepsSecrets: boolean
  readonly #keyFile: SecretBox
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #lastId = 0

  constructor(send: (message: FromEngine) => void, systemKeepsSecrets: boolean, keyFile: SecretBox) {
    this.#send = send
    this.#systemKeepsSecrets = systemKeepsSecrets
    this.#keyFile = keyFile
  }

  async encrypt(secret: string): Promise<Uint8Array> {
    if (!this.#systemKeepsSecrets) return this.#keyFile.encrypt(secret)
    const answer = await this.#ask((id) => ({ kind: 'encrypt', id, secret }))
    if (answer.kind !== 'encrypted') throw refusal(answer)
    return Buffer.concat([mark, answer.sealed])
  }

  async decrypt(sealed: Uint8Array): Promise<string> {
    const isFromSystem = Buffer.compare(sealed.subarray(0, mark.length), mark) === 0
    if (!isFromSystem) return this.#keyFile.decrypt(sealed)
    const answer = await this.#ask((id) => ({ kind: 'decrypt', id, sealed: sealed.subarray(mark.length) }))
    if (answer.kind !== 'decrypted') throw refusal(answer)
    return answer.secret
  }

  receive(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer)
    this.#waiting.delete(answer.id)
  }

  #ask(question: (id: number) => FromEngine): Promise<Answer> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#send(question(id))
    })
  }
}

function refusal(answer: Answer): Error {
  const detail = answer.kind === 'refused' ? answer.message : `an answer of the kind ${answer.kind}`
  return new Error(`The keyring of this system did not do it: ${detail}`)
}
