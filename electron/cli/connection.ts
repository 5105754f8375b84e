import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Command } from 'commander'
import WebSocket from 'ws'
import type { contract } from '../../shared/contract/contract.ts'
import { TracksideError } from '../../shared/contract/errors.ts'
import { defaultDataDirectory, readAddress, readToken } from '../engine/store/data-directory.ts'
import { reportError } from './output.ts'

export type Client = ContractRouterClient<typeof contract>

export interface ConnectionFlags {
  data?: string
  url?: string
  token?: string
}

/** The flags by which every client subcommand finds the engine. */
export function withConnection(command: Command): Command {
  return command
    .option('--data <directory>', 'the data directory of the engine to talk to')
    .option('--url <url>', 'address of the engine’s app, instead of the one in the data directory')
    .option('--token <token>', 'its token, instead of the one in the data directory')
}

/** Finds the running engine. Raises ENGINE_NOT_RUNNING. */
export function findEngine(flags: ConnectionFlags): { url: string; token: string } {
  const data = flags.data ?? defaultDataDirectory()
  const url = flags.url ?? process.env['TRACKSIDE_URL'] ?? readAddress(data)?.app
  const token = flags.token ?? process.env['TRACKSIDE_TOKEN'] ?? readToken(data)
  if (url === undefined || token === null) throw new TracksideError('ENGINE_NOT_RUNNING', { data })
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new TracksideError('USAGE', {
      detail: `${url} is no address: write it like http://127.0.0.1:7358.`,
    })
  if (!isToken(token)) throw new TracksideError('TOKEN_WRONG')
  return { url: url.replace(/\/+$/, ''), token }
}

/** Anything else could travel neither in a header nor as a subprotocol. */
export const isToken = (text: string): boolean => /^[\w.~-]+$/.test(text)

function open(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, ['trackside', `token.${token}`])
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      reject(
        response.statusCode === 401
          ? new TracksideError('TOKEN_WRONG')
          : new TracksideError('ENGINE_UNREACHABLE', { url, detail: `it answers ${response.statusCode}` }),
      )
    })
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(new TracksideError('ENGINE_UNREACHABLE', { url, detail: error.message || error.code })),
    )
  })
}

/**
 * What `work` makes of a client of the engine; whatever it still listens to then ends with `abort`. Raises
 * ENGINE_NOT_RUNNING, ENGINE_UNREACHABLE, ENGINE_STOPPED, TOKEN_WRONG.
 */
export async function askingEngine<T>(
  flags: ConnectionFlags,
  work: (client: Client, signal: AbortSignal) => Promise<T>,
  abort = new AbortController(),
): Promise<T> {
  const { url, token } = findEngine(flags)
  const socket = await open(url, token)
  let hasClosed = false
  socket.on('close', () => {
    hasClosed = true
  })
  const client: Client = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  )
  try {
    return await work(client, abort.signal)
  } catch (error) {
    // Whatever was under way then failed in its own words.
    throw hasClosed ? new TracksideError('ENGINE_STOPPED', undefined, { cause: error }) : error
  } finally {
    abort.abort()
    socket.close()
  }
}

/** Runs `work` with a client of the engine; says what went wrong and ends the process where something does. */
export async function withClient(
  flags: ConnectionFlags,
  work: (client: Client, signal: AbortSignal) => Promise<number | void>,
): Promise<void> {
  const abort = new AbortController()
  let isInterrupted = false
  process.once('SIGINT', () => {
    isInterrupted = true
    abort.abort()
  })
  try {
    process.exitCode = (await askingEngine(flags, work, abort)) ?? 0
  } catch (error) {
    if (isInterrupted) return process.exit(130)
    reportError(error)
  }
}

/** What the engine streams, until `signal` ends. Raises ENGINE_STOPPED where it is the engine that ends. */
export async function* streamed<T>(stream: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* stream
  } catch (error) {
    if (signal.aborted) return
    throw error
  }
  if (!signal.aborted) throw new TracksideError('ENGINE_STOPPED')
}
