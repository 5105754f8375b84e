import type { ErrorCode, ErrorData } from '../../shared/contract/errors.ts'
import type { EngineAddress, EngineOptions } from '../engine/options.ts'

/** What the desktop asks of its engine; whatever is left out is the engine's to choose. */
export type DesktopEngineOptions = Pick<EngineOptions, 'port' | 'appPort' | 'host'> &
  Partial<Pick<EngineOptions, 'data' | 'token' | 'https' | 'httpsPort' | 'config'>>

/** From the desktop to the engine's process. */
export type ToEngine =
  | { kind: 'start'; options: DesktopEngineOptions; systemKeepsSecrets: boolean }
  | { kind: 'stop' }
  | { kind: 'encrypted'; id: number; sealed: Uint8Array }
  | { kind: 'decrypted'; id: number; secret: string }
  | { kind: 'refused'; id: number; message: string }

/** From the engine's process to the desktop. */
export type FromEngine =
  | { kind: 'ready'; address: EngineAddress }
  | { kind: 'failed'; failure: EngineFailure }
  | { kind: 'encrypt'; id: number; secret: string }
  | { kind: 'decrypt'; id: number; sealed: Uint8Array }

/** Why the engine did not start. An error's class does not survive the way between processes, its code does. */
export interface EngineFailure {
  code: ErrorCode
  data: ErrorData
}
