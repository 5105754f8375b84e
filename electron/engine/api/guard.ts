import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'

/**
 * What stands in front of the page and the API. `Host` must be an address of this app (else a page whose name was
 * rebound to 127.0.0.1 would be let in), `Origin`, where there is one, the page itself, and the API wants the token.
 */
export class Guard {
  readonly #hosts: ReadonlySet<string>
  readonly #origins: ReadonlySet<string>
  readonly #token: Buffer
  readonly #app: string

  constructor(port: number, token: string) {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${host}:${port}`)
    this.#hosts = new Set(hosts)
    this.#origins = new Set(hosts.map((host) => `http://${host}`))
    this.#token = digest(token)
    this.#app = `http://127.0.0.1:${port}`
  }

  /** Raises HOST_FOREIGN, ORIGIN_FOREIGN. */
  checkAddress({ headers }: IncomingMessage): void {
    const host = headers.host?.toLowerCase() ?? ''
    if (!this.#hosts.has(host))
      throw new TracksideError('HOST_FOREIGN', { host: host || '(none)', app: this.#app })
    const { origin } = headers
    if (origin !== undefined && !this.#origins.has(origin.toLowerCase())) {
      throw new TracksideError('ORIGIN_FOREIGN', { origin, app: this.#app })
    }
  }

  /** For scripts: `Authorization: Bearer <token>`. Raises TOKEN_MISSING, TOKEN_WRONG. */
  checkBearer({ headers }: IncomingMessage): void {
    const token = /^bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1]
    this.#check(token)
  }

  /** For the page: a browser can't give a WebSocket headers, so the token travels as a subprotocol. */
  checkSubprotocol({ headers }: IncomingMessage): void {
    const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim())
    this.#check(offered.find((protocol) => protocol.startsWith('token.'))?.slice('token.'.length))
  }

  #check(token: string | undefined): void {
    if (token === undefined || token === '') throw new TracksideError('TOKEN_MISSING')
    if (!timingSafeEqual(digest(token), this.#token)) throw new TracksideError('TOKEN_WRONG')
  }
}

/** Equal lengths for the comparison that takes the same time whatever is wrong. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
