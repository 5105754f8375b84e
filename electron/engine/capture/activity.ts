import type { IncomingMessage } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { Activity, ActivityKind } from '../../../shared/contract/schemas.ts'
import { pathOf } from '../request-path.ts'
import { beginsHandshake } from './https/broken-handshake.ts'
import { writeKeyOf } from './write-key.ts'

/** What reached the capture port and is no accepted call. */
export type Notice = Omit<Activity, 'at' | 'firstAt' | 'count'>

/** How many different ones are kept; the latest stay. */
const limit = 200
/** Of each text that comes from the sender. */
const shownCharacters = 300

/**
 * The latest things that reached the capture port and were no accepted call: what tells why no call arrives. What
 * comes again and again (an SDK that retries) is one entry with a count, so that it can't push out the rest. It lives
 * in memory only: it says what goes on now, the log says what happened.
 */
export class ActivityList {
  readonly #entries = new Map<string, Activity>()
  readonly #counts = new Map<ActivityKind, number>()
  readonly #now: () => number
  readonly #onChange: () => void

  /** `now` in epoch milliseconds. */
  constructor(now: () => number, onChange: () => void) {
    this.#now = now
    this.#onChange = onChange
  }

  add(notice: Notice): void {
    const key = JSON.stringify(notice)
    const known = this.#entries.get(key)
    const at = new Date(this.#now()).toISOString()
    // Taken out and put in again: a map keeps the order, so the first entry is the one that was silent the longest.
    this.#entries.delete(key)
    this.#entries.set(key, {
      ...notice,
      at,
      firstAt: known?.firstAt ?? at,
      count: (known?.count ?? 0) + 1,
    })
    if (this.#entries.size > limit) {
      const [oldest] = this.#entries.keys()
      if (oldest !== undefined) this.#entries.delete(oldest)
    }
    this.#counts.set(notice.kind, (this.#counts.get(notice.kind) ?? 0) + 1)
    this.#onChange()
  }

  /** The latest first, those whose last time was at `since` (epoch milliseconds) or later; counts are of all time. */
  since(since: number): { activity: Activity[]; counts: Partial<Record<ActivityKind, number>> } {
    const activity = [...this.#entries.values()].filter(({ at }) => Date.parse(at) >= since).reverse()
    return { activity, counts: Object.fromEntries(this.#counts) }
  }
}

const shown = (text: string | undefined): string | null => text?.slice(0, shownCharacters) ?? null

/** What a request tells about its sender. */
export function noticeOf(
  request: IncomingMessage,
  kind: ActivityKind,
  more: { writeKey?: string; detail?: string } = {},
): Notice {
  const { method = '', url = '/', headers, rawHeaders, socket } = request
  return {
    kind,
    method,
    path: shown(pathOf(url)),
    origin: shown(headers.origin),
    userAgent: shown(headers['user-agent']),
    remoteAddress: socket.remoteAddress ?? null,
    writeKey: shown(more.writeKey ?? writeKeyOf(rawHeaders, url, null) ?? undefined),
    detail: shown(more.detail),
  }
}

/** What a browser asks for on its own at any address that it is given. */
const browserIcons = /^\/(favicon\.ico|apple-touch-icon[\w-]*\.png)$/

/** A person's browser that was given the address, rather than an SDK with a wrong path. */
function isVisit({ method, headers, url = '/' }: IncomingMessage): boolean {
  if (method !== 'GET') return false
  return browserIcons.test(url) || (/^\/(v1\/?)?$/.test(url) && /text\/html/.test(headers.accept ?? ''))
}

/**
 * For a request that came to nothing; null where that was not its sender's doing. `broken` is what Node could not read
 * of its connection.
 */
export function refusalNotice(
  request: IncomingMessage,
  error: unknown,
  broken: ClientError | undefined,
): Notice | null {
  if (!(error instanceof TracksideError)) {
    if (request.complete) return null
    return isMalformed(broken)
      ? noticeOf(request, 'malformed', { detail: malformedDetail(broken) })
      : noticeOf(request, 'hangup')
  }
  switch (error.code) {
    case 'PATH_UNKNOWN':
      return noticeOf(request, isVisit(request) ? 'visit' : 'path')
    case 'METHOD_NOT_ALLOWED':
      return noticeOf(request, 'method', { detail: `It takes ${String(error.data['allowed'])}` })
    case 'POSTHOG_UNSUPPORTED':
      return noticeOf(request, 'posthog')
    default:
      return null
  }
}

/** What Node tells of bytes that it could not read as a request. */
export interface ClientError extends Error {
  code?: string
  rawPacket?: Buffer
}

/** Rather than a connection that only ended. */
const isMalformed = (error: ClientError | undefined): error is ClientError =>
  error?.code?.startsWith('HPE_') === true && error.code !== 'HPE_INVALID_EOF_STATE'

const malformedDetail = ({ message, code = '' }: ClientError): string => `${message} (${code})`

/** What a connection was that never became a request; null for one that only ended. */
export function brokenConnection(error: ClientError, remoteAddress: string | undefined): Notice | null {
  if (beginsHandshake(error.rawPacket)) return connectionNotice('tls', remoteAddress)
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return connectionNotice('hangup', remoteAddress)
  return isMalformed(error) ? connectionNotice('malformed', remoteAddress, malformedDetail(error)) : null
}

/** Of a connection that never became a request. */
export function connectionNotice(
  kind: ActivityKind,
  remoteAddress: string | null | undefined,
  detail?: string,
): Notice {
  return {
    kind,
    method: null,
    path: null,
    origin: null,
    userAgent: null,
    remoteAddress: remoteAddress ?? null,
    writeKey: null,
    detail: shown(detail),
  }
}
