import { TracksideError } from '../../shared/contract/errors.ts'
import { startEngine } from '../engine/engine.ts'
import type { Engine } from '../engine/options.ts'
import { keyFileSecretBox } from '../engine/replay/secret-box.ts'
import { defaultDataDirectory } from '../engine/store/data-directory.ts'
import { pageFolder } from './page-folder.ts'
import { SystemSecretBox } from './system-secret-box.ts'
import type { EngineFailure, FromEngine, ToEngine } from './messages.ts'

// The engine's process begins here: it starts when it is told to, and ends when it is told to, or with the desktop.

const send = (message: FromEngine): void => process.parentPort.postMessage(message)

let engine: Engine | null = null
let secrets: SystemSecretBox | null = null

async function start({ options, systemKeepsSecrets }: Extract<ToEngine, { kind: 'start' }>): Promise<void> {
  const data = options.data ?? defaultDataDirectory()
  secrets = new SystemSecretBox(send, systemKeepsSecrets, keyFileSecretBox(data))
  try {
    engine = await startEngine({
      ...options,
      data,
      configFolder: process.cwd(),
      page: pageFolder,
      hostKind: 'desktop',
      secretBox: secrets,
    })
    send({ kind: 'ready', address: engine.address })
  } catch (error) {
    send({ kind: 'failed', failure: failureOf(error) })
  }
}

function failureOf(error: unknown): EngineFailure {
  if (error instanceof TracksideError) return { code: error.code, data: error.data }
  return { code: 'INTERNAL', data: { detail: error instanceof Error ? error.message : String(error) } }
}

async function receive(message: ToEngine): Promise<void> {
  switch (message.kind) {
    case 'start':
      return start(message)
    case 'stop':
      await engine?.stop()
      process.exit(0)
      break
    case 'encrypted':
    case 'decrypted':
    case 'refused':
      secrets?.receive(message)
  }
}

process.parentPort.on('message', ({ data }) => {
  receive(data as ToEngine).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
