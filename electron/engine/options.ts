/** Turns secrets into what may stand on disk, and back. The desktop host lets the OS do it; else a key file does. */
export interface SecretBox {
  encrypt(secret: string): Promise<Uint8Array>
  decrypt(sealed: Uint8Array): Promise<string>
}

export interface EngineOptions {
  /** Port of capture; 0 asks for a free one. */
  port: number
  /** Port of the page and the API; 0 asks for a free one. */
  appPort: number
  /** Whether capture speaks https from the start, whatever the settings say. */
  https?: boolean
  /** Port of capture over https; 0 asks for a free one, as does leaving it out. */
  httpsPort?: number
  /** Where capture listens; the app never leaves the loopback. */
  host: string
  /** The data directory; made if it is not there. */
  data: string
  /** Taken from the data directory, or made, where it is not given. */
  token?: string
  /** Folder of the built page. */
  page: string
  hostKind: 'browser' | 'desktop'
  /** The `trackside.json` to follow. */
  config?: string
  /** Where else one is looked for, here and above, for as long as the engine runs; nowhere without. */
  configFolder?: string
  secretBox?: SecretBox
}

/** What `trackside serve --json` prints, and what the desktop host needs in order to open its window. */
export interface EngineAddress {
  capture: string
  /** Only while capture speaks https. */
  https?: string
  app: string
  token: string
  data: string
  pid: number
}

export interface Engine {
  address: EngineAddress
  /** Lets requests under way finish, commits, closes the database. */
  stop(): Promise<void>
}
