import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecretBox } from '../options.ts'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
/** The first byte of what this box has sealed; a later way of sealing takes another one. */
const version = 1

/**
 * A box whose key is the file `secret.key` in the data directory, made at the first secret, readable by its owner
 * alone. It keeps secrets out of the database, its copies and exports; who can read the user's files can open it.
 */
export function keyFileSecretBox(data: string): SecretBox {
  let key: Buffer | null = null
  const ownKey = (): Buffer => (key ??= readKey(data))
  return {
    encrypt: async (secret) => seal(ownKey(), secret),
    decrypt: async (sealed) => open(ownKey(), sealed),
  }
}

function readKey(data: string): Buffer {
  const file = join(data, 'secret.key')
  let key: Buffer
  try {
    key = readFileSync(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    key = makeKey(file)
  }
  if (key.length !== keyBytes)
    throw new Error(`${file} is damaged: it has ${key.length} bytes, not ${keyBytes}`)
  return key
}

/** Written aside and moved into place: a crash never leaves half a key. The directory has one engine at a time. */
function makeKey(file: string): Buffer {
  const draft = `${file}.new`
  const key = randomBytes(keyBytes)
  rmSync(draft, { force: true })
  writeFileSync(draft, key, { mode: 0o600, flag: 'wx' })
  renameSync(draft, file)
  return key
}

function seal(key: Buffer, secret: string): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed])
}

function open(key: Buffer, sealed: Uint8Array): string {
  if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) {
    throw new Error('The secret was not sealed with the key file')
  }
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(tag)
  return (
    decipher.update(sealed.subarray(1 + nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
  )
}
