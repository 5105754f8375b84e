/**
 * The token that the engine asks for. It comes in behind the `#` of the address, which no server ever sees, and stays
 * in this tab: a store that outlives the tab could be read by whatever listens on this port tomorrow.
 */
const key = 'trackside.token'
const channelName = 'trackside.token'
const neighbourMs = 300

/** Takes the token off the address, so that the address can be shared; else gives the one this tab already has. */
export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given !== null) {
    rememberToken(given)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(key)
}

export function rememberToken(token: string): void {
  sessionStorage.setItem(key, token)
}

/** A tab that was opened from a shared address asks the other tabs of this page. */
export function tokenOfNeighbour(): Promise<string | null> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(channelName)
    const finish = (token: string | null): void => {
      clearTimeout(timer)
      channel.close()
      resolve(token)
    }
    const timer = setTimeout(() => finish(null), neighbourMs)
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string' && data !== '') finish(data)
    }
    channel.postMessage(null)
  })
}

/** Answers tabs that ask as `tokenOfNeighbour` does. */
export function answerNeighbours(): void {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const token = sessionStorage.getItem(key)
    if (data === null && token !== null) channel.postMessage(token)
  }
}

// The router reads the address when it is made, so the token has to be off it before anything else runs.
takeToken()
