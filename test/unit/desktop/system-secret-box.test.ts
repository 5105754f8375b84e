import { describe, expect, it } from 'vitest'
import type { FromEngine, ToEngine } from '../../../electron/desktop/messages.ts'
import { SystemSecretBox } from '../../../electron/desktop/system-secret-box.ts'
import type { SecretBox } from '../../../electron/engine/options.ts'

const keyFile: SecretBox = {
  encrypt: (secret) => Promise.resolve(Buffer.from(`key:${secret}`)),
  decrypt: (sealed) => Promise.resolve(Buffer.from(sealed).toString().replace('key:', '')),
}

type Answer = Extract<ToEngine, { kind: 'encrypted' | 'decrypted' | 'refused' }>

function keyring(question: FromEngine): Answer {
  if (question.kind === 'encrypt') {
    return { kind: 'encrypted', id: question.id, sealed: Buffer.from(question.secret).reverse() }
  }
  if (question.kind !== 'decrypt') throw new Error(`The keyring was sent ${question.kind}`)
  return { kind: 'decrypted', id: question.id, secret: Buffer.from(question.sealed).reverse().toString() }
}

function boxWith({ answer = keyring, systemKeepsSecrets = true } = {}): SystemSecretBox {
  const box: SystemSecretBox = new SystemSecretBox(
    (question) => queueMicrotask(() => box.receive(answer(question))),
    systemKeepsSecrets,
    keyFile,
  )
  return box
}

describe('secrets in the desktop app', () => {
  it('are sealed by the keyring and come back', async () => {
    const box = boxWith()
    const [first, second] = await Promise.all([box.encrypt('write key'), box.encrypt('other')])
    expect(Buffer.from(first).toString()).toBe('os1:yek etirw')
    expect(await Promise.all([box.decrypt(first), box.decrypt(second)])).toEqual(['write key', 'other'])
  })

  it('that the key file sealed stay readable', async () => {
    expect(await boxWith().decrypt(await keyFile.encrypt('from serve'))).toBe('from serve')
  })

  it('are sealed by the key file where the system has no keyring', async () => {
    const sealed = await boxWith({ systemKeepsSecrets: false }).encrypt('write key')
    expect(Buffer.from(sealed).toString()).toBe('key:write key')
  })

  it('that the keyring won’t open are reported in its words', async () => {
    const box = boxWith({
      answer: ({ ...question }) => ({
        kind: 'refused',
        id: 'id' in question ? question.id : 0,
        message: 'the keychain is locked',
      }),
    })
    await expect(box.decrypt(Buffer.from('os1:abc'))).rejects.toThrow('the keychain is locked')
  })
})
