import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replayOptions } from '../../../shared/contract/schemas.ts'
import type { Preset } from '../../../shared/contract/schemas.ts'
import type { CallType, JsonObject } from '../../../shared/event.ts'
import { normalise } from '../../../shared/normalise.ts'
import { refusalOf } from '../../../electron/engine/replay/limits.ts'
import { CallWriter, messageIdSource, stamped } from '../../../electron/engine/replay/presets.ts'
import { callRow } from './call-row.ts'

const startedAt = Date.parse('2026-03-01T12:00:00.000Z')

function writer(preset: Preset, options: JsonObject = {}, lastTimestamp: number | null = null): CallWriter {
  return new CallWriter({
    preset,
    options: replayOptions.parse(options),
    startedAt,
    lastTimestamp,
    newId: messageIdSource('seed'),
  })
}

/** The text that goes out when it is sent at `sentAt`. */
function sent(
  preset: Preset,
  payload: string,
  more: Parameters<typeof callRow>[1] & {
    options?: JsonObject
    sentAt?: number
    lastTimestamp?: number | null
  } = {},
): string {
  const call = writer(preset, more.options, more.lastTimestamp).write(callRow(payload, more))
  const text = stamped(call, new Date(more.sentAt ?? startedAt).toISOString())
  expect(Buffer.byteLength(text)).toBe(call.bytes)
  return text
}

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject
const time = fc.integer({ min: Date.parse('2001-01-01'), max: Date.parse('2099-01-01') })
const iso = (ms: number): string => new Date(ms).toISOString()

const invoice = {
  type: 'track',
  event: 'Invoice Sent',
  userId: '42',
  messageId: 'm1',
  timestamp: '2026-02-01T11:59:00.000Z',
  sentAt: '2026-02-01T11:59:30.000Z',
  properties: { total: 10 },
}

describe('historical', () => {
  it('keeps the time at which an event happened, by the formula of the service', () => {
    fc.assert(
      fc.property(
        time,
        time,
        time,
        time,
        fc.boolean(),
        fc.boolean(),
        (happened, sentAt, receivedAt, replayedAt, onBatch, isRudder) => {
          const payload = JSON.stringify({
            ...invoice,
            timestamp: isRudder ? undefined : iso(happened),
            originalTimestamp: isRudder ? iso(happened) : undefined,
            sentAt: onBatch ? undefined : iso(sentAt),
          })
          const envelope: JsonObject = onBatch ? { sentAt: iso(sentAt) } : {}
          const captured = normalise(parse(payload), { batch: envelope, receivedAt })
          const call = parse(sent('historical', payload, { envelope, receivedAt, sentAt: replayedAt }))
          const again = normalise(call, { batch: { sentAt: iso(replayedAt) }, receivedAt: replayedAt })
          expect(again.timestamp).toBe(captured.timestamp)
          expect(again.messageId).toBe('m1')
        },
      ),
    )
  })

  it('does not move an event that had to wait for its turn', () => {
    const later = startedAt + 3_600_000
    const call = parse(sent('historical', JSON.stringify(invoice), { sentAt: later }))
    expect(normalise(call, { batch: {}, receivedAt: later }).timestamp).toBe(
      callRow(JSON.stringify(invoice)).timestamp,
    )
  })
})

describe('a call to journy.io’s own API', () => {
  const event = JSON.stringify({
    identification: { user: { userId: '42', email: 'zoe@example.com' }, account: { accountId: 'acct_7' } },
    name: 'Invoice Sent',
    triggeredAt: '2026-02-01T11:59:00.000Z',
    metadata: { total: '10' },
  })

  it.each<Preset>(['historical', 'live', 'retry', 'new'])(
    'goes out as the call of the Segment spec that means the same: %s',
    (preset) => {
      const call = parse(sent(preset, event))
      expect(call).toMatchObject({
        type: 'track',
        event: 'Invoice Sent',
        userId: '42',
        properties: { total: '10' },
        context: { groupId: 'acct_7', traits: { email: 'zoe@example.com' } },
        messageId: expect.any(String) as string,
      })
      expect(Object.keys(call)).not.toContain('identification')
    },
  )

  it('has its users and accounts mapped and its traits redacted like any other', () => {
    const options = { userIds: { '42': 'u-1' }, accountIds: { acct_7: 'a-1' }, mask: ['email'] }
    const text = sent('historical', event, { options })
    expect(parse(text)).toMatchObject({
      userId: 'u-1',
      context: { groupId: 'a-1', traits: { email: '***' } },
    })
  })

  it('does not take the members of an account along', () => {
    const account = JSON.stringify({
      identification: { accountId: 'acct_7' },
      properties: { name: 'Tesla' },
      members: ['zoe@example.com', 'ole@example.com'].map((email) => ({ identification: { email } })),
    })
    const { messageId: _, ...call } = parse(sent('retry', account, { type: 'group' }))
    expect(call).toEqual({ type: 'group', groupId: 'acct_7', traits: { name: 'Tesla' } })
  })

  it('is not what a call is that only has a key of that name', () => {
    const call = { ...invoice, properties: { identification: { user: { userId: 'x' } } } }
    expect(parse(sent('retry', JSON.stringify(call)))).toEqual(call)
  })
})

describe('live', () => {
  it('leaves the retry of an SDK a retry: both deliveries get the same new id', () => {
    const payload = JSON.stringify(invoice)
    const [first, retry] = [1, 2].map((id) => parse(sent('live', payload, { id }))['messageId'])
    expect(retry).toBe(first)
    const nameless = JSON.stringify({ ...invoice, messageId: undefined })
    const [one, two] = [1, 2].map((id) => parse(sent('live', nameless, { id }))['messageId'])
    expect(two).not.toBe(one)
  })

  it('makes the last event happen now and keeps the gaps, or compresses them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.constantFrom(0.5, 1, 2, 60), (gap, speed) => {
        const { sentAt: _sentAt, ...call } = invoice
        const last = Date.parse(call.timestamp)
        const options = { speed }
        const at = (ms: number): number =>
          normalise(
            parse(
              sent('live', JSON.stringify({ ...call, timestamp: iso(ms) }), { options, lastTimestamp: last }),
            ),
            { batch: {}, receivedAt: startedAt },
          ).timestamp
        expect(at(last)).toBe(startedAt)
        expect(at(last - gap)).toBe(Math.round(startedAt - gap / speed))
      }),
    )
  })

  it('gives a new message id, the same one at a resend, and says which call it was', () => {
    const payload = JSON.stringify({ ...invoice, context: { ip: '1.1.1.1' } })
    const call = parse(sent('live', payload))
    expect(call['messageId']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(call['context']).toEqual({ ip: '1.1.1.1', trackside: { replayOf: 'm1' } })
    expect(parse(sent('live', payload))['messageId']).toBe(call['messageId'])
    const other = payload.replace('"m1"', '"m2"')
    expect(parse(sent('live', other, { id: 2 }))['messageId']).not.toBe(call['messageId'])
  })
})

describe('retry', () => {
  it('sends a call byte for byte as it came', () => {
    const payload =
      '{ "type":"track",\n"event":"Invoice Sent" ,"userId":"42","messageId":"m1",' +
      '"properties":{"total":12345678901234567890,"rate":1.0,"10":1,"2":2,"x":1,"x":2},"sentAt":"2026-02-01T11:59:30Z"}'
    expect(sent('retry', payload)).toBe(payload)
  })

  it('writes what the batch said about all of its calls into the call', () => {
    const { sentAt: _sentAt, ...call } = invoice
    const envelope = {
      sentAt: '2026-02-01T11:59:31.000Z',
      context: { ip: '1.1.1.1', library: { name: 'outer' } },
      integrations: { All: true },
    }
    const payload = JSON.stringify({ ...call, context: { library: { name: 'inner' } } })
    expect(parse(sent('retry', payload, { envelope }))).toEqual({
      ...call,
      context: { ip: '1.1.1.1', library: { name: 'inner' } },
      integrations: { All: true },
      sentAt: '2026-02-01T11:59:31.000Z',
    })
  })
})

describe('new', () => {
  it('happens at the moment of sending, under a new id', () => {
    const call = parse(sent('new', JSON.stringify(invoice), { sentAt: startedAt + 5 }))
    expect(call['timestamp']).toBe(iso(startedAt + 5))
    expect(call['sentAt']).toBe(iso(startedAt + 5))
    expect(call['messageId']).not.toBe('m1')
  })
})

describe('every preset', () => {
  const each = (['historical', 'live', 'retry', 'new'] as const).map((preset) => [preset] as const)

  it.each(each)('%s leaves properties as they stood, whatever they are', (preset) => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const payload = JSON.stringify({ ...invoice, properties: { value }, 'a"\\b': [value] }, null, space)
        const call = parse(sent(preset, payload))
        expect(call['properties']).toEqual((parse(payload) as { properties: unknown }).properties)
        expect(call['a"\\b']).toEqual(parse(payload)['a"\\b'])
      }),
    )
  })

  it.each(each)('%s keeps every digit of a long number', (preset) => {
    const payload =
      '{"type":"track","event":"E","userId":"42","messageId":"m1","properties":{"id":12345678901234567890}}'
    expect(sent(preset, payload)).toContain('12345678901234567890')
    expect(sent(preset, payload, { options: { mask: ['email'] } })).toContain('12345678901234567890')
    const masked = payload.replace('{"id"', '{"email":"a@b.c","id"')
    expect(sent(preset, masked, { options: { mask: ['email'] } })).toContain(
      '{"email":"***","id":12345678901234567890}',
    )
  })

  it.each(each)('%s does not pass on the key of the source', (preset) => {
    expect(sent(preset, JSON.stringify({ ...invoice, writeKey: 'of the source' }))).not.toContain('writeKey')
  })

  it.each(each)('%s gives a call without a message id one that stays', (preset) => {
    const { messageId: _messageId, ...call } = invoice
    const first = parse(sent(preset, JSON.stringify(call)))['messageId']
    expect(first).toEqual(expect.any(String))
    expect(parse(sent(preset, JSON.stringify(call)))['messageId']).toBe(first)
  })

  it.each(each)('%s says the type that only the path had said', (preset) => {
    expect(parse(sent(preset, '{"event":"E","userId":"42"}'))['type']).toBe('track')
  })

  it.each(each)('%s moves users and accounts to other ids', (preset) => {
    const options = { userIds: { '42': 'test-42', '7': 'test-7' }, accountIds: { acme: 'test-acme' } }
    const track = { ...invoice, userId: 42, context: { groupId: 'acme', ip: '1.1.1.1' } }
    const call = parse(sent(preset, JSON.stringify(track), { options }))
    expect(call['userId']).toBe('test-42')
    expect(call['context']).toMatchObject({ groupId: 'test-acme', ip: '1.1.1.1' })
    const alias = parse(sent(preset, '{"type":"alias","previousId":"7","userId":"9"}', { options }))
    expect([alias['previousId'], alias['userId']]).toEqual(['test-7', '9'])
    const group = parse(sent(preset, '{"type":"group","groupId":"acme","userId":"9"}', { options }))
    expect(group['groupId']).toBe('test-acme')
  })

  it.each(each)('%s sends the integrations that are asked for', (preset) => {
    const payload = JSON.stringify({ ...invoice, integrations: { All: true } })
    const options = { integrations: { All: false } }
    expect(parse(sent(preset, payload, { options }))['integrations']).toEqual({ All: false })
  })

  it.each(each)('%s leaves out and masks personal data at any depth', (preset) => {
    const payload = JSON.stringify({
      ...invoice,
      properties: { email: 'a@b.c', items: [{ email: 'd@e.f', sku: '1' }], address: { city: 'X', zip: '1' } },
      traits: { city: 'Y', phone: '1' },
      context: { traits: { email: 'a@b.c', phone: '1' } },
    })
    const options = { remove: ['email', 'address.city'], mask: ['traits.phone', 'zip'] }
    const call = parse(sent(preset, payload, { options }))
    expect(call['properties']).toEqual({ items: [{ sku: '1' }], address: { zip: '***' } })
    expect(call['traits']).toEqual({ city: 'Y', phone: '***' })
    expect(call['context']).toMatchObject({ traits: { phone: '1' } })
  })
})

describe('what a service would refuse', () => {
  const refusal = (payload: string, type?: CallType): string | null => {
    const row = callRow(payload, type === undefined ? {} : { type })
    return refusalOf(row, writer('retry').write(row))
  }

  it.each([
    ['neither userId nor anonymousId', { ...invoice, userId: undefined }],
    ['a track call without an event name', { ...invoice, event: undefined }],
    ['a group call without groupId', { type: 'group', userId: '42' }],
    ['an alias call without previousId', { type: 'alias', userId: '42' }],
    ['a messageId of 100 characters or more', { ...invoice, messageId: 'm'.repeat(100) }],
    ['over 32 KB', { ...invoice, properties: { text: 'ü'.repeat(17_000) } }],
    [null, { ...invoice, properties: { text: 'x'.repeat(30_000) } }],
    [null, { type: 'group', userId: '42', groupId: 7 }],
  ])('%s', (reason, call) => {
    expect(refusal(JSON.stringify(call))).toBe(reason)
  })

  it('is looked for in what a call to journy.io means', () => {
    const account = (fields: JsonObject) =>
      JSON.stringify({ identification: { accountId: 'acct_7' }, ...fields })
    const members = [{ identification: { userId: '42' } }]
    expect(refusal(account({ members }), 'group')).toBeNull()
    expect(refusal(account({}), 'group')).toBe('neither userId nor anonymousId')
  })
})
