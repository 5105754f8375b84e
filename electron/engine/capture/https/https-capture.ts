import type { Server } from 'node:https'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { ErrorCode } from '../../../../shared/contract/errors.ts'
import { listen } from '../../listen.ts'
import type { Listening } from '../../listen.ts'
import { captureUrls } from '../lan.ts'
import type { ServerIdentity } from '../server.ts'
import { keyPem, openAuthority, serverCertificate, serves } from './authority.ts'
import type { Authority } from './authority.ts'
import type { Issued } from './certificate.ts'
import type { MachineNames } from './machine-names.ts'

export interface HttpsOptions {
  /** The data directory; the authority lives in its `ca/`. */
  data: string
  host: string
  /** 0 asks for a free port, which is kept when https is switched off and on again. */
  port: number
  makeServer(identity: ServerIdentity): Server
  /** What this machine is called right now. */
  names(): MachineNames
  /** Epoch milliseconds. */
  now(): number
}

/** Capture over https, as it runs. */
export interface RunningHttps {
  urls: [own: string, ...others: string[]]
  authority: Authority
}

export interface HttpsFailure {
  code: ErrorCode
  message: string
}

/** How often the names of the machine are looked at while https is on, in milliseconds. */
const watchMs = 30_000

interface Running extends RunningHttps {
  listening: Listening
  servers: Server[]
  shown: Issued
}

/** Capture over https: off at first, switched on and off while the engine runs. */
export class HttpsCapture {
  readonly #options: HttpsOptions
  #port: number
  #running: Running | null = null
  #failure: HttpsFailure | null = null
  #watch: NodeJS.Timeout | null = null
  #lastSwitch: Promise<void> = Promise.resolve()
  #hasEnded = false

  constructor(options: HttpsOptions) {
    this.#options = options
    this.#port = options.port
  }

  /** Null while it is off. */
  get current(): RunningHttps | null {
    return this.#running
  }

  /** Why it is off although it was switched on, or why its certificate could not be renewed. */
  get failure(): HttpsFailure | null {
    return this.#failure
  }

  /** One after the other. Raises CA_UNUSABLE, PORT_TAKEN, ADDRESS_UNUSABLE; then it is off. */
  switch(on: boolean): Promise<void> {
    const switched = this.#lastSwitch.then(() => this.#attempt(on ? () => this.#start() : () => this.#stop()))
    this.#lastSwitch = switched.catch(() => undefined)
    return switched
  }

  /** Off for good: a change of settings may still be under way when the engine stops. */
  end(): Promise<void> {
    this.#hasEnded = true
    return this.switch(false)
  }

  /** Shows another certificate where this machine has got another name, or the old one nears its end. */
  refresh(): Promise<void> {
    if (this.#running === null) return Promise.resolve()
    const refreshed = this.#lastSwitch.then(() => this.#attempt(() => this.#renew()))
    this.#lastSwitch = refreshed.catch(() => undefined)
    return refreshed
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.#failure = null
    } catch (error) {
      const { code, message } =
        error instanceof TracksideError
          ? error
          : new TracksideError('INTERNAL', { detail: error instanceof Error ? error.message : String(error) })
      this.#failure = { code, message }
      throw error
    }
  }

  async #start(): Promise<void> {
    if (this.#running !== null || this.#hasEnded) return
    const { data, host, names, now, makeServer } = this.#options
    const authority = await openAuthority(data, now())
    const shown = await serverCertificate(authority, names(), now())
    const servers: Server[] = []
    const listening = await listen(
      () => {
        const server = makeServer(identityOf(shown))
        servers.push(server)
        return server
      },
      this.#port,
      host,
      '--https-port',
    )
    this.#port = listening.port
    this.#running = { urls: captureUrls(host, listening.port, 'https'), authority, listening, servers, shown }
    this.#watch = setInterval(() => void this.refresh().catch(() => undefined), watchMs)
    this.#watch.unref()
  }

  async #stop(): Promise<void> {
    if (this.#watch !== null) clearInterval(this.#watch)
    const running = this.#running
    this.#running = null
    await running?.listening.close()
  }

  async #renew(): Promise<void> {
    const running = this.#running
    if (running === null) return
    const { host, names, now } = this.#options
    const [called, time] = [names(), now()]
    running.urls = captureUrls(host, running.listening.port, 'https')
    if (serves(running.shown, running.authority, called, time)) return
    running.shown = await serverCertificate(running.authority, called, time)
    // Connections that stand keep what they were shown; new ones see the new one.
    for (const server of running.servers) server.setSecureContext(identityOf(running.shown))
  }
}

function identityOf({ certificate, key }: Issued): ServerIdentity {
  return { cert: certificate.toString(), key: keyPem(key) }
}
