import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import envPaths from 'env-paths'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { EngineAddress } from '../options.ts'

/** Where data lives when nobody says otherwise: TRACKSIDE_DATA, else the platform's convention. */
export function defaultDataDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['TRACKSIDE_DATA'] || envPaths('trackside', { suffix: '' }).data
}

const addressFile = (data: string): string => join(data, 'engine.json')
const tokenFile = (data: string): string => join(data, 'token')

/** The address of the engine that runs on this directory, as it wrote it down; null when there is none. */
export function readAddress(data: string): Omit<EngineAddress, 'token'> | null {
  try {
    const address: unknown = JSON.parse(readFileSync(addressFile(data), 'utf8'))
    return isAddress(address) ? address : null
  } catch {
    return null
  }
}

function isAddress(value: unknown): value is Omit<EngineAddress, 'token'> {
  if (typeof value !== 'object' || value === null) return false
  return 'capture' in value && 'app' in value && 'pid' in value && typeof value.app === 'string'
}

export function readToken(data: string): string | null {
  try {
    return readFileSync(tokenFile(data), 'utf8').trim() || null
  } catch {
    return null
  }
}

/** An engine's claim on a data directory. */
export interface Claim {
  data: string
  token: string
  /** Lets client commands find this engine. */
  announce(address: Omit<EngineAddress, 'token'>): void
  release(): void
}

/**
 * Claims the directory for this process. The lock is a transaction on a small database of its own: the system lets
 * go of it when the process dies, however it dies, so no stale lock is ever left behind.
 * Raises DATA_UNWRITABLE, DATA_IN_USE.
 */
export function claimDataDirectory(data: string, token?: string): Claim {
  try {
    makeDirectory(data)
    if (!statSync(data).isDirectory()) throw new Error('it is not a directory')
    const probe = join(data, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw unwritable(data, error)
  }
  const lock = lockDirectory(data)
  let ownToken: string
  try {
    ownToken = token ?? readToken(data) ?? randomBytes(24).toString('base64url')
    writeFileSync(tokenFile(data), `${ownToken}\n`, { mode: 0o600 })
    chmodSync(tokenFile(data), 0o600)
  } catch (error) {
    lock.close()
    throw unwritable(data, error)
  }
  return {
    data,
    token: ownToken,
    announce: (address) => writeFileSync(addressFile(data), `${JSON.stringify(address)}\n`, { mode: 0o600 }),
    release: () => {
      rmSync(addressFile(data), { force: true })
      if (lock.open) lock.close()
    },
  }
}

/** Not by `recursive`: in a place like /proc, where nothing can be made, Node would try for ever. */
function makeDirectory(path: string): void {
  const parent = dirname(path)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || parent === path) throw error
    makeDirectory(parent)
    mkdirSync(path, { mode: 0o700 })
  }
}

function unwritable(data: string, error: unknown): TracksideError {
  const detail = error instanceof Error ? error.message : String(error)
  return new TracksideError('DATA_UNWRITABLE', { data, detail }, { cause: error })
}

function lockDirectory(data: string): Database.Database {
  const file = join(data, 'engine.lock')
  let lock: Database.Database | undefined
  try {
    lock = new Database(file, { timeout: 0 })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
    if (!isBusy || !existsSync(file)) throw unwritable(data, error)
    const address = readAddress(data)
    throw new TracksideError('DATA_IN_USE', {
      data,
      pid: address?.pid ?? 'unknown',
      where: address === null ? '' : `, open ${address.app}`,
      app: address?.app ?? null,
    })
  }
}
