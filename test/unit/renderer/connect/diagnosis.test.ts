import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../../renderer/views/connect/diagnosis.ts'
import type { Diagnosis, Evidence } from '../../../../renderer/views/connect/diagnosis.ts'
import { sdkOf, targetOf } from '../../../../renderer/views/connect/sdks/index.ts'
import type { Activity, ActivityKind } from '../../../../shared/contract/schemas.ts'
import { storyEvent } from '../story-event.ts'

const now = Date.parse('2026-03-01T12:00:00.000Z')
const ago = (ms: number): string => new Date(now - ms).toISOString()

function seen(kind: ActivityKind, fields: Partial<Activity> = {}): Activity {
  return {
    kind,
    at: ago(5_000),
    firstAt: ago(5_000),
    count: 1,
    method: 'POST',
    path: '/v1/t',
    origin: null,
    userAgent: null,
    remoteAddress: '127.0.0.1',
    writeKey: null,
    detail: null,
    ...fields,
  }
}

function judged(sdk: string, evidence: Partial<Evidence> = {}): Diagnosis[] {
  return diagnose({
    sdk: sdkOf(sdk),
    target: targetOf('http://127.0.0.1:7357', sdkOf(sdk).writeKey),
    ownUrl: 'http://127.0.0.1:7357',
    https: null,
    activity: [],
    rejected: null,
    other: null,
    waitedMs: 6_000,
    now,
    ...evidence,
  })
}

const https = {
  url: 'https://127.0.0.1:7359',
  urls: ['https://127.0.0.1:7359'],
  caFile: '/home/jane/trackside/ca.pem',
  bundleFile: '/bundle.pem',
  fingerprint: 'AB:CD',
  expiresAt: '2027-01-01T00:00:00.000Z',
}
const text = (diagnosis: Diagnosis | undefined): string =>
  diagnosis === undefined ? '' : [diagnosis.title, diagnosis.cause, ...diagnosis.next].join('\n')

describe('what is probably wrong', () => {
  const table: [name: string, sdk: string, evidence: Partial<Evidence>, says: RegExp[]][] = [
    [
      'https on the http port',
      'node',
      { activity: [seen('tls')] },
      [/https to the http port/, /`host`/, /--https/],
    ],
    ['the same, with https on', 'node', { activity: [seen('tls')], https }, [/https:\/\/127\.0\.0\.1:7359/]],
    ['http on the https port', 'node', { activity: [seen('plain')] }, [/http to the https port/]],
    ['no trust', 'ruby', { activity: [seen('untrusted')], https }, [/does not trust/, /ca\.pem/]],
    ['PostHog', 'browser', { activity: [seen('posthog', { path: '/e/' })] }, [/PostHog/, /`POST \/e\/`/]],
    [
      'a path twice',
      'node',
      { activity: [seen('path', { path: '/v1/v1/batch', userAgent: 'node/24 x' })] },
      [
        /`POST \/v1\/v1\/batch` leads nowhere/,
        /has `\/v1` too much/,
        /`node\/24`/,
        /`http:\/\/127\.0\.0\.1:7357`/,
      ],
    ],
    [
      'a path that nobody knows',
      'python',
      { activity: [seen('path', { path: '/collect' })] },
      [/no SDK uses/, /`\/v1\/batch` behind what `host` says/],
    ],
    [
      'a GET',
      'curl',
      { activity: [seen('method', { method: 'GET' })] },
      [/`GET \/v1\/t` is no way/, /redirect/],
    ],
    [
      'no HTTP',
      'curl',
      { activity: [seen('malformed', { method: null, path: null, detail: 'Parse Error' })] },
      [/^Something that is no HTTP/, /Parse Error/],
    ],
    [
      'a body that is no HTTP',
      'curl',
      { activity: [seen('malformed', { detail: 'Parse Error' })] },
      [/^`POST \/v1\/t` came with a body that is no HTTP/, /Parse Error/],
    ],
    ['half a call', 'go', { activity: [seen('hangup')] }, [/hung up/, /flush/]],
    [
      'settings alone',
      'browser',
      { activity: [seen('settings', { writeKey: 'web' })] },
      [/but no call came/, /`127\.0\.0\.1:7357\/v1`/, /protocol `http`/],
    ],
    ['settings of another SDK', 'python', { activity: [seen('settings')] }, [/asks for no settings/]],
    [
      'the script alone',
      'snippet',
      { activity: [seen('script')] },
      [/_cdn` .* be `http:\/\/127\.0\.0\.1:7357`/, /Content-Security-Policy/],
    ],
    [
      'a preflight alone',
      'browser',
      { activity: [seen('preflight', { origin: 'https://shop.example' })] },
      [/sent nothing/, /`https:\/\/shop\.example`/, /blocker/],
    ],
    [
      'a visit',
      'react-native',
      { activity: [seen('visit')] },
      [/A browser at `127\.0\.0\.1`/, /React Native/],
    ],
    ['nothing', 'node', { waitedMs: 21_000 }, [/Nothing has reached/, /host\.docker\.internal/, /[Ff]lush/]],
    ['nothing from a phone', 'kotlin', { waitedMs: 21_000 }, [/`10\.0\.2\.2`/]],
    [
      'nothing from a phone, to one address of the network',
      'kotlin',
      { waitedMs: 21_000, ownUrl: 'http://192.168.7.5:7357' },
      [/^The emulator .* need `http:\/\/192\.168\.7\.5:7357`/m],
    ],
  ]

  it.each(table)('%s', (_name, sdk, evidence, says) => {
    const [first, ...others] = judged(sdk, evidence)
    for (const words of says) expect(text(first)).toMatch(words)
    expect(others).toEqual([])
    expect(first?.next.length).toBeGreaterThan(0)
    // An odd one would set half of a sentence as code.
    expect(text(first).split('`').length % 2).toBe(1)
  })

  it('is a call that was refused, first of all', () => {
    const rejected = storyEvent({
      id: 7,
      accepted: false,
      rejection: { code: 'BODY_NOT_JSON', message: 'The body is not JSON.' },
    })
    const [first, second] = judged('node', { rejected, activity: [seen('tls')] })
    expect(first).toMatchObject({ kind: 'rejected', cause: 'The body is not JSON.', eventId: 7 })
    expect(second?.kind).toBe('tls')
  })
})

describe('calls of somebody else', () => {
  const other = (library: string | null, source: string | null) =>
    storyEvent({ id: 9, source, library: { name: library, version: '1.0.0' } })

  it('of this SDK under another write key offer to wait for that one', () => {
    expect(judged('node', { other: other('@segment/analytics-node', 'billing') })).toMatchObject([
      { kind: 'other-key', writeKey: 'billing', eventId: 9 },
    ])
  })

  it('of another SDK under this write key lead to its lines', () => {
    const [first] = judged('node', { other: other('analytics-python', 'api') })
    expect(first).toMatchObject({ kind: 'other-sdk', sdkId: 'python', eventId: 9 })
    expect(text(first)).toContain('@segment/analytics-node')
  })

  it('of an SDK that nobody knows are named as they name themselves', () => {
    const [first] = judged('node', { other: other('cobol`-sdk', 'api') })
    expect(first?.sdkId).toBeUndefined()
    expect(first?.title).toContain('`cobol-sdk`')
  })

  it('under another key are told by the key where an SDK names itself never', () => {
    expect(judged('rust', { other: other(null, 'billing') })).toMatchObject([
      { kind: 'other-key', writeKey: 'billing' },
    ])
  })

  it('mean that settings and preflights were of use', () => {
    const activity = [seen('settings'), seen('preflight')]
    expect(judged('node', { activity, other: other('analytics.js', 'web') }).map(({ kind }) => kind)).toEqual(
      ['other-sdk'],
    )
  })
})

describe('nothing is said', () => {
  it('while nothing has come for a moment only', () => {
    expect(judged('node', { waitedMs: 19_000 })).toEqual([])
  })

  it('while the call may still follow', () => {
    const activity = [seen('preflight', { at: ago(500) }), seen('settings', { at: ago(4_000) })]
    expect(judged('browser', { activity })).toEqual([])
  })
})

it('settings under another write key offer to wait for that one', () => {
  const activity = [seen('settings', { writeKey: 'shop' })]
  expect(judged('browser', { activity })).toMatchObject([{ kind: 'settings', writeKey: 'shop' }])
})

it('the last step that was reached is the one that is told', () => {
  const activity = [seen('script'), seen('settings'), seen('preflight'), seen('visit')]
  expect(judged('snippet', { activity }).map(({ kind }) => kind)).toEqual(['preflight'])
  expect(judged('snippet', { activity: activity.slice(0, 2) }).map(({ kind }) => kind)).toEqual(['settings'])
})
