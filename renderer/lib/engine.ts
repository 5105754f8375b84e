import { createORPCClient, DynamicLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { readonly, ref } from 'vue'
import type { contract } from '../../shared/contract/contract.ts'
import { answerNeighbours, rememberToken, takeToken, tokenOfNeighbour } from './session.ts'

export type Client = ContractRouterClient<typeof contract>

/**
 * open: calls go through. lost: the engine does not answer, and is tried again and again. refused: it wants another
 * token, and only a person can give it.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

const longestPauseMs = 3_000

const state = ref<ConnectionState>('connecting')
let token: string | null = null
let open = Promise.withResolvers<RPCLink<Record<never, never>>>()

/** The line to the engine. It mends itself; a call that is made meanwhile waits until it is mended. */
export const engine = {
  state: readonly(state),
  client: createORPCClient<Client>(new DynamicLink(() => open.promise)),
  connect,
  useToken(given: string): void {
    rememberToken(given)
    token = given
    if (state.value === 'refused') void dial(0)
  },
}

async function connect(): Promise<void> {
  token = takeToken() ?? (await tokenOfNeighbour())
  if (token !== null) rememberToken(token)
  answerNeighbours()
  // Another address pasted into this tab.
  addEventListener('hashchange', () => {
    if (!location.hash.includes('token=')) return
    const given = takeToken()
    if (given !== null) engine.useToken(given)
  })
  await dial(0)
}

async function dial(attempt: number): Promise<void> {
  const refusal = await refused()
  if (refusal === 'refused') {
    state.value = 'refused'
    return
  }
  if (refusal === 'unreachable') return again(attempt)
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/ws`, [
    'trackside',
    `token.${token ?? ''}`,
  ])
  let hasOpened = false
  socket.addEventListener('open', () => {
    hasOpened = true
    open.resolve(new RPCLink({ websocket: socket }))
    state.value = 'open'
  })
  socket.addEventListener('close', () => {
    if (hasOpened) open = Promise.withResolvers()
    void again(hasOpened ? 0 : attempt)
  })
}

/** A refused WebSocket tells a page nothing, so the question is put in plain HTTP first. */
async function refused(): Promise<'refused' | 'unreachable' | null> {
  if (token === null) return 'refused'
  try {
    const response = await fetch('/api/v1/status', { headers: { Authorization: `Bearer ${token}` } })
    return response.status === 401 ? 'refused' : response.ok ? null : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

async function again(attempt: number): Promise<void> {
  state.value = 'lost'
  const pauseMs = Math.min(longestPauseMs, 200 * 2 ** attempt)
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
  await dial(attempt + 1)
}
