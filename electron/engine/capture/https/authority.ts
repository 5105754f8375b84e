import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { Issued } from './certificate.ts'
import type { MachineNames } from './machine-names.ts'

/** The local certificate authority: what clients are told to trust. */
export interface Authority extends Issued {
  /** The certificate's file: public, and what the lines of `shared/trust/` name. */
  file: string
  /** The same behind all that this machine trusts anyway. */
  bundleFile: string
  directory: string
}

/** Days before its end that a server certificate is made anew. */
const renewalDays = 30
/** Days after which the list of what is trusted anyway is read again. */
const bundleDays = 7
const dayMs = 86_400_000

const directoryOf = (data: string): string => join(data, 'ca')
const certificateName = 'trackside-ca.pem'
const keyName = 'trackside-ca.key'
const serverName = 'server.pem'
const bundleName = 'trackside-ca-bundle.pem'

/**
 * The authority of a data directory, made at its first use. One that is there but can't be used is never replaced:
 * somebody trusts it. Raises CA_UNUSABLE. `now` is epoch milliseconds.
 */
export async function openAuthority(data: string, now: number): Promise<Authority> {
  const directory = directoryOf(data)
  const [file, keyFile] = [join(directory, certificateName), join(directory, keyName)]
  try {
    if (!existsSync(file) && !existsSync(keyFile)) await createAuthority(directory, now)
    chmodSync(directory, 0o700)
    chmodSync(keyFile, 0o600)
    const certificate = parsed(certificateName, () => new X509Certificate(readFileSync(file)))
    const key = parsed(keyName, () => createPrivateKey(readFileSync(keyFile)))
    if (!certificate.checkPrivateKey(key)) throw new Error(`${keyName} is not the key of ${certificateName}`)
    if (!certificate.ca) throw new Error(`${certificateName} is not the certificate of an authority`)
    if (certificate.validToDate.getTime() <= now + dayMs) {
      throw new Error(`${certificateName} is valid until ${certificate.validToDate.toISOString()} only`)
    }
    const bundleFile = join(directory, bundleName)
    if (!isFresh(bundleFile, certificate, now)) {
      replaceFile(bundleFile, certificate.toString() + trustedAnyway(), 0o644)
    }
    return { certificate, key, file, bundleFile, directory }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new TracksideError('CA_UNUSABLE', { directory, detail }, { cause: error })
  }
}

function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    const isSystemError = error instanceof Error && 'syscall' in error
    if (isSystemError) throw error
    throw new Error(`${name} is damaged`, { cause: error })
  }
}

/** Written aside and moved into place as a whole: a crash never leaves a key without its certificate. */
async function createAuthority(directory: string, now: number): Promise<void> {
  // Loading what writes certificates takes a tenth of a second: only who needs one waits for it.
  const { makeAuthority } = await import('./certificate.ts')
  const { certificate, key } = makeAuthority(hostname(), now)
  const draft = `${directory}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(join(draft, certificateName), certificate.toString(), { mode: 0o644 })
  writeFileSync(join(draft, keyName), keyPem(key), { mode: 0o600 })
  if (existsSync(directory)) {
    // What the lost authority had issued is worth nothing any more; anything else is not ours to remove.
    for (const name of [serverName, bundleName]) rmSync(join(directory, name), { force: true })
    rmdirSync(directory)
  }
  renameSync(draft, directory)
}

/**
 * The certificate that the server shows, from the last time where it still serves: for all of these names, by this
 * authority, not near its end. Raises CA_UNUSABLE where the directory can't be written.
 */
export async function serverCertificate(
  authority: Authority,
  names: MachineNames,
  now: number,
): Promise<Issued> {
  const file = join(authority.directory, serverName)
  const kept = readIssued(file)
  if (kept !== null && serves(kept, authority, names, now)) return kept
  const { makeServerCertificate } = await import('./certificate.ts')
  const issued = makeServerCertificate(authority, names, now)
  try {
    replaceFile(file, issued.certificate.toString() + keyPem(issued.key), 0o600)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new TracksideError('CA_UNUSABLE', { directory: authority.directory, detail }, { cause: error })
  }
  return issued
}

function replaceFile(file: string, content: string, mode: number): void {
  const draft = `${file}.new`
  rmSync(draft, { force: true })
  writeFileSync(draft, content, { mode, flag: 'wx' })
  renameSync(draft, file)
}

/**
 * PHP, Ruby, Python and others take one file, instead of their own list: with our CA alone in it, a program could
 * talk to nobody else any more. So it holds Mozilla's list, as Node brings it, and what the system trusts beyond.
 */
function trustedAnyway(): string {
  // Node has it since 22.15.
  const system = 'getCACertificates' in tls ? tls.getCACertificates('system') : []
  const pems = [...tls.rootCertificates, ...system].map((pem) => pem.trim())
  return [...new Set(pems), ''].join('\n')
}

/** Asking the system for its list takes a good while, and keeps the process from all else. */
function isFresh(bundleFile: string, { raw }: X509Certificate, now: number): boolean {
  try {
    const age = now - statSync(bundleFile).mtimeMs
    return age < bundleDays * dayMs && new X509Certificate(readFileSync(bundleFile)).raw.equals(raw)
  } catch {
    return false
  }
}

/** Null where it can't be read: unlike the authority, nobody has to trust it anew when it is replaced. */
function readIssued(file: string): Issued | null {
  try {
    const pem = readFileSync(file)
    return { certificate: new X509Certificate(pem), key: createPrivateKey(pem) }
  } catch {
    return null
  }
}

/** Whether a server certificate will do for these names, at this moment. */
export function serves(
  { certificate, key }: Issued,
  authority: Issued,
  { domains, addresses }: MachineNames,
  now: number,
): boolean {
  const end = certificate.validToDate.getTime()
  const outlasted = authority.certificate.validToDate.getTime() - end > dayMs
  return (
    certificate.checkPrivateKey(key) &&
    certificate.checkIssued(authority.certificate) &&
    certificate.verify(authority.certificate.publicKey) &&
    certificate.validFromDate.getTime() <= now &&
    end > now + (outlasted ? renewalDays * dayMs : 0) &&
    domains.every((domain) => certificate.checkHost(domain) !== undefined) &&
    addresses.every((address) => certificate.checkIP(address) !== undefined)
  )
}

export function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
