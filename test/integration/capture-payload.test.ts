import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taken } from './answers.ts'
import { RunningEngine } from './running-engine.ts'

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

describe('a payload', () => {
  const inside =
    '"type":"track","userId":"u","event":"Order Sent","properties":{"id":12345678901234567890,"pi":3.14159265358979323846,' +
    '"one":1.0,"big":1e400,"exp":1E+2,"a":1,"a":2,"text":"\\u00fc\\/\\ud83d\\ude42 \\" } ] , \\\\","empty":[ ],"b\\u0061tch":[1,2]}'
  const call = `{ ${inside} ,\n\t"__order__" : { "z":1, "a":{"batch":[3]} } }`

  const batchOf = async (body: string) => {
    const { payload, type, batchIndex } = await taken(engine, '/v1/batch', body)
    return { payload, type, batchIndex }
  }

  it('is kept exactly as sent, long numbers, doubled keys and spaces and all', async () => {
    expect((await taken(engine, '/v1/track', call)).payload).toBe(call)
    const asSent = { payload: call, type: 'track', batchIndex: 0 }
    expect(await batchOf(`{"batch":[${call}]}`)).toEqual(asSent)
    const among = `\n{"x":[{"batch":[9]}],"batch":[  7 , ${call} ] , "y" : "batch" }\n`
    expect(await batchOf(among)).toEqual({ ...asSent, batchIndex: 1 })
  })

  it('is that of the batch that counts when there are two, however their keys are written', async () => {
    const other = '{"type":"page","userId":"u"}'
    const asSent = { payload: call, type: 'track', batchIndex: 0 }
    expect(await batchOf(`{"batch":[${other},${other}],"batch":[${call}]}`)).toEqual(asSent)
    expect(await batchOf(`{"batch":[${other}],"\\u0062atch":[${call}]}`)).toEqual(asSent)
    expect(await batchOf(`{"b\\u0061tch":[${call}]}`)).toEqual(asSent)
  })

  it('may hold bytes that are no UTF-8: the rest can be read, the damage is shown, and the bytes are kept', async () => {
    const sent = '{"anonymousId":"a","event":"Order Sent","properties":{"total":1,"note":"café"}'
    const body = `${sent},"messageId":"damaged"}`
    const event = await taken(engine, '/v1/track', Buffer.from(body, 'latin1'))
    expect(event).toMatchObject({
      event: 'Order Sent',
      properties: { note: 'caf\ufffd' },
      rawBytes: Buffer.from(body, 'latin1').toString('base64'),
      problems: [{ rule: 'delivery/damaged-text', severity: 'warning', path: 'properties.note' }],
    })
    const clean = await taken(engine, '/v1/track', `${sent},"messageId":"whole"}`)
    expect(clean).toMatchObject({ properties: { note: 'café' }, rawBody: null, rawBytes: null, problems: [] })
  })

  it('is known for damaged though it was damaged before it was sent, wherever that is', async () => {
    const call = { anonymousId: 'a', event: 'Order Sent', properties: { total: 1 } }
    let calls = 0
    const pathOf = async (fields: object) => {
      calls += 1
      const sent = { ...call, messageId: `damaged-before-${calls}`, ...fields }
      const { problems, rawBody } = await taken(engine, '/v1/track', sent)
      expect(rawBody).toBeNull()
      return problems.map(({ rule, path }) => `${rule} ${path}`)
    }
    expect(await pathOf({ context: { page: { title: 'Pr\ufffdcing' } } })).toEqual([
      'delivery/damaged-text context.page.title',
    ])
    expect(await pathOf({ properties: { total: 1, 'gr\ufffdn': true } })).toHaveLength(1)
    expect(await pathOf({ event: 'Order S\ufffdnt' })).toContain('delivery/damaged-text event')
  })

  it('may be as long as the limit, and be found by what it says', async () => {
    const text = 'x'.repeat(4_900_000)
    const event = await taken(
      engine,
      '/v1/track',
      JSON.stringify({ userId: 'u', event: 'Novel Written', properties: { text } }),
    )
    expect(event.payload?.length).toBeGreaterThan(text.length)
    expect(await engine.events('event:"Novel Written"')).toHaveLength(1)
  })
})
