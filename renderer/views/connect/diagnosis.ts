import type { Activity, ActivityKind, Https } from '../../../shared/contract/schemas.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import { emulatorHost, emulatorUrl } from '../../../shared/emulator.ts'
import { sourceOf } from '../../../shared/source.ts'
import { isForOthers } from './addresses.ts'
import { sdks } from './sdks/index.ts'
import type { Sdk, Target } from './sdks/index.ts'

/** What is known while the first call of an SDK is waited for. */
export interface Evidence {
  sdk: Sdk
  target: Target
  /** Where this machine itself reaches capture over http. */
  ownUrl: string
  https: Https | null
  /** Since the waiting began, the latest first. */
  activity: readonly Activity[]
  /** The latest since then that was refused. */
  rejected: TracksideEvent | null
  /** The latest accepted call since then, of another SDK or under another write key. */
  other: TracksideEvent | null
  /** Milliseconds since the waiting began. */
  waitedMs: number
  /** Epoch milliseconds. */
  now: number
}

/** What is probably wrong. Code stands between backquotes in its sentences. */
export interface Diagnosis {
  kind: ActivityKind | 'other-key' | 'other-sdk' | 'silence'
  /** What was seen. */
  title: string
  /** What it means. */
  cause: string
  /** What to do, the likeliest first. */
  next: readonly string[]
  /** The event that shows it. */
  eventId?: number
  /** The SDK whose lines are rather meant. */
  sdkId?: string
  /** The write key to wait for instead. */
  writeKey?: string
}

/** What an SDK sends after its settings or a preflight follows within this time, in milliseconds. */
const graceMs = 3_000
/** How long nothing at all is no sign of anything. */
const silenceMs = 20_000

/** Text of a sender within a sentence. */
const code = (text: string): string => `\`${text.replaceAll('`', '')}\``

/** What is probably wrong, the surest first; empty while there is nothing to say yet. */
export function diagnose(evidence: Evidence): Diagnosis[] {
  const found = [
    ofRejected(evidence),
    ofOther(evidence),
    ...refusals.map((kind) => {
      const activity = evidence.activity.find((one) => one.kind === kind)
      return activity === undefined ? null : ofRefusal(kind, activity, evidence)
    }),
    ofAsking(evidence),
  ].filter((diagnosis) => diagnosis !== null)
  if (found.length > 0 || evidence.waitedMs < silenceMs) return found
  return [ofSilence(evidence)]
}

function ofRejected({ rejected }: Evidence): Diagnosis | null {
  if (rejected === null) return null
  return {
    kind: 'rejected',
    title: 'A call came, and could not be read',
    cause: rejected.rejection?.message ?? 'It was refused.',
    // The message of a rejection says itself what to do.
    next: [],
    eventId: rejected.id,
  }
}

function ofOther({ sdk, target, other }: Evidence): Diagnosis | null {
  if (other === null) return null
  const library = other.library.name
  const isThisSdk = library !== null && sdk.libraries.includes(library)
  const source = other.source === null ? 'no write key' : `the write key ${code(other.source)}`
  if (isThisSdk || sdk.libraries.length === 0) {
    return {
      kind: 'other-key',
      title: isThisSdk ? `Calls of this SDK arrive, under ${source}` : `Calls arrive, under ${source}`,
      cause: `The lines say ${code(target.writeKey)}, and calls under that key are waited for.`,
      next: [
        'If these are the calls that you mean, wait for their write key instead.',
        'Else the program has its write key from somewhere else: print the one that it really uses.',
      ],
      eventId: other.id,
      ...(other.source === null ? {} : { writeKey: other.source }),
    }
  }
  const meant = sdks.find(({ libraries }) => library !== null && libraries.includes(library))
  return {
    kind: 'other-sdk',
    title: `Calls arrive from ${library === null ? 'an SDK that does not name itself' : code(library)}, under ${source}`,
    cause: `${sdk.title} would name itself ${sdk.libraries.map(code).join(' or ')}.`,
    next: [
      meant === undefined
        ? 'If these are the calls that you mean, all is well: they are in Live.'
        : `If these are the calls that you mean, the lines for ${meant.title} are the ones to follow.`,
      `Else something else sends here, and ${sdk.title} does not yet.`,
    ],
    eventId: other.id,
    ...(meant === undefined || meant.id === sdk.id ? {} : { sdkId: meant.id }),
  }
}

/** What can’t have been meant, in the order in which one tells of it. */
const refusals = ['tls', 'untrusted', 'plain', 'posthog', 'path', 'method', 'malformed', 'hangup'] as const

function ofRefusal(kind: (typeof refusals)[number], activity: Activity, evidence: Evidence): Diagnosis {
  const { sdk, target, https } = evidence
  const request = code(`${activity.method ?? ''} ${activity.path ?? ''}`.trim())
  switch (kind) {
    case 'tls':
      return {
        kind,
        title: 'Something speaks https to the http port',
        cause: 'A TLS handshake came to the port that speaks plain http, and was refused.',
        next: [
          target.protocol === 'http'
            ? `Give ${sdk.options} the address with http: ${code(target.url)}. Where the SDK takes a host alone, its protocol is an option of its own.`
            : `Give ${sdk.options} the port of https: ${code(target.host)}.`,
          https === null
            ? 'If it can do nothing but https, start Trackside with `--https`.'
            : `If it can do nothing but https, point it to ${code(https.url)}.`,
        ],
      }
    case 'untrusted':
      return {
        kind,
        title: 'The sender does not trust the certificate',
        cause: 'It came to the https port, looked at the certificate, and broke off.',
        next: [
          https === null
            ? 'Let it trust the CA of Trackside.'
            : `Let it trust the CA of Trackside: ${code(https.caFile)}.`,
          'A language often has a list of its own: trusting the CA in the system may not be enough.',
        ],
      }
    case 'plain':
      return {
        kind,
        title: 'Something speaks http to the https port',
        cause: 'Plain http came to the port that speaks https, and was refused.',
        next: [`Give ${sdk.options} ${code(target.url)}, with scheme and port as they are written here.`],
      }
    case 'posthog':
      return {
        kind,
        title: 'A PostHog SDK sends here',
        cause: `${request} is a path of PostHog, which does not speak the Segment protocol.`,
        next: ['Use a Segment-compatible SDK: PostHog itself takes its calls, too, through a proxy.'],
      }
    case 'path':
      return ofPath(activity, evidence)
    case 'method':
      return {
        kind,
        title: `${request} is no way to send a call`,
        cause: 'Calls come by POST. A redirect on the way turns a POST into a GET.',
        next: [`Look for a redirect between the SDK and ${code(target.url)}, from http to https for one.`],
      }
    case 'malformed':
      return {
        kind,
        title:
          activity.path === null
            ? 'Something that is no HTTP came'
            : `${request} came with a body that is no HTTP`,
        cause: activity.detail ?? 'It could not be read.',
        next: ['Look at what is in between: a proxy, a health check, or a program that means another port.'],
      }
    case 'hangup':
      return {
        kind,
        title: 'A sender hung up in the middle of a call',
        cause: `${request} began, and broke off before its body was complete.`,
        next: [
          'Let the program live until the SDK has sent: flush or close it before the end.',
          'A timeout of the SDK that is too short does the same.',
        ],
      }
  }
}

/** Ends of paths that are right on their own. */
const ends =
  /(\/v1)?\/(batch|import|b|track|identify|page|screen|group|alias|[tipsga]|projects\/[^/]+\/settings)\/?$/

function ofPath({ method, path, userAgent }: Activity, { sdk, target }: Evidence): Diagnosis {
  const asked = path ?? '/'
  const end = ends.exec(asked)?.[0]
  const stray = end === undefined ? '' : asked.slice(0, -end.length)
  const sender = userAgent === null ? '' : ` (${code(userAgent.split(' ', 1)[0] ?? userAgent)})`
  return {
    kind: 'path',
    title: `${code(`${method ?? ''} ${asked}`.trim())} leads nowhere`,
    cause:
      stray === ''
        ? `A sender${sender} asked for a path that no SDK uses.`
        : `The sender${sender} adds ${code(end ?? '')} by itself, so its address has ${code(stray)} too much.`,
    next: [
      `${sdk.title} sends to ${code(sdk.path)} behind what ${sdk.options} says: take the lines as they stand here.`,
      `An address that is given without a path should be ${code(target.url)}.`,
    ],
  }
}

/** What came before calls, and was not followed by one. */
function ofAsking(evidence: Evidence): Diagnosis | null {
  const { activity, other, now } = evidence
  if (other !== null) return null
  const kinds = ['settings', 'script', 'preflight', 'visit'] as const
  const asking = activity.filter((one) => kinds.some((kind) => kind === one.kind))
  const settled = asking.every(({ at }) => now - Date.parse(at) >= graceMs)
  if (!settled) return null
  const of = (kind: ActivityKind): Activity | undefined => asking.find((one) => one.kind === kind)
  const preflight = asking.find(({ kind, path }) => kind === 'preflight' && !/settings$/.test(path ?? ''))
  const settings = of('settings')
  const script = of('script')
  const visit = of('visit')
  // The last step that was reached tells the most.
  if (preflight !== undefined) return ofPreflight(preflight)
  if (settings !== undefined) return ofSettings(settings, evidence)
  if (script !== undefined) return ofScript(evidence)
  return visit === undefined ? null : ofVisit(visit, evidence)
}

function ofPreflight({ origin, path }: Activity): Diagnosis {
  return {
    kind: 'preflight',
    title: `A page asked whether it may send to ${code(path ?? '/')}, and sent nothing`,
    cause: `The browser of ${code(origin ?? 'the page')} heard that it may. What came between was not Trackside.`,
    next: [
      'Look at the browser’s console and its network list: a blocker, or the page’s Content-Security-Policy, stops the call there.',
      'If the page was left at that moment, open it again and wait.',
      'A browser may ask its person first whether the page may reach this network: allow it.',
    ],
  }
}

function ofSettings(activity: Activity, { sdk, target }: Evidence): Diagnosis {
  const { writeKey } = activity
  const isOtherKey = writeKey !== null && sourceOf(writeKey) !== sourceOf(target.writeKey)
  return {
    kind: 'settings',
    title: `Settings were fetched${isOtherKey ? `, for the write key ${code(writeKey)}` : ''}, but no call came`,
    cause: sdk.asksSettings
      ? 'So the address of the settings is right, and the one of the calls is not, or nothing was called yet.'
      : `${sdk.title} asks for no settings: this was another SDK.`,
    next: [
      ...(sdk.asksSettings
        ? [
            `Check the rest of ${sdk.options}: ${code(`${target.host}/v1`)}, and the protocol ${code(target.protocol)} where it is an option.`,
          ]
        : []),
      'Make a call in the program, and flush.',
      ...(isOtherKey ? ['If that write key is the one that you mean, wait for it instead.'] : []),
    ],
    ...(isOtherKey ? { writeKey } : {}),
  }
}

function ofScript({ target }: Evidence): Diagnosis {
  return {
    kind: 'script',
    title: 'The script was fetched, and asked for nothing more',
    cause:
      'It asks this address for its settings as soon as it runs: it was stopped, or the page names another one.',
    next: [
      'Look at the browser’s console: a blocker or a Content-Security-Policy may stop it.',
      `Where the page sets ${code('analytics._cdn')} or ${code('cdnURL')}, let it be ${code(target.url)}, or leave it out.`,
    ],
  }
}

function ofVisit({ remoteAddress }: Activity, { sdk }: Evidence): Diagnosis {
  return {
    kind: 'visit',
    title: `A browser at ${code(remoteAddress ?? 'another address')} has opened this address`,
    cause: 'So the way through the network is free.',
    next: [`Now let ${sdk.title} make a call, and flush.`],
  }
}

function ofSilence({ sdk, target, ownUrl }: Evidence): Diagnosis {
  const onAndroid =
    emulatorUrl(ownUrl) === null
      ? `The emulator of Android and a phone both need ${code(ownUrl)}: it is the only address that capture listens on.`
      : `In the emulator of Android this machine is ${code(emulatorHost)}, on a phone its address in the network.`
  const device = {
    android: onAndroid,
    apple: 'In the simulator 127.0.0.1 is this machine; on a phone it is the phone.',
    phone: onAndroid,
  }
  const place =
    sdk.device === undefined
      ? 'In a container 127.0.0.1 is the container: use `host.docker.internal`, and start Trackside with `--host 0.0.0.0`.'
      : device[sdk.device]
  return {
    kind: 'silence',
    title: 'Nothing has reached this port',
    cause: `Not a byte, neither right nor wrong: the program does not send to ${code(target.url)}.`,
    next: [
      'Print the address that the program really uses: it may have its settings from somewhere else.',
      'Flush, or let the program run on: calls wait in the SDK for some seconds.',
      place,
      ...(isForOthers(target.url)
        ? [
            `Open ${code(target.url)} in the phone’s browser: if that does not show up here either, a firewall is in between.`,
          ]
        : []),
    ],
  }
}
