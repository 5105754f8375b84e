import { safeStorage } from 'electron'
import type { FromEngine, ToEngine } from './messages.ts'

type Question = Extract<FromEngine, { kind: 'encrypt' | 'decrypt' }>

/** Whether the system has a keyring. On Linux, `basic_text` is a fixed password: our own key file is better. */
export async function systemKeepsSecrets(): Promise<boolean> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
  return safeStorage.isAsyncEncryptionAvailable()
}

/** In the main process, the only one that reaches the keyring: the answer to what the engine's process asks. */
export async function answerOfKeyring(question: Question): Promise<ToEngine> {
  const { id } = question
  try {
    if (question.kind === 'encrypt') {
      return { kind: 'encrypted', id, sealed: await safeStorage.encryptStringAsync(question.secret) }
    }
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(question.sealed))
    return { kind: 'decrypted', id, secret: result }
  } catch (error) {
    return { kind: 'refused', id, message: error instanceof Error ? error.message : String(error) }
  }
}
