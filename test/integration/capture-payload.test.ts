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

  it('is kept exactly as sent, long numbers, doubled keys and spaces and all', async () => {
    expect((await taken(engine, '/v1/track', call)).payload).toBe(call)
    expect((await taken(engine, '/v1/batch', `{"batch":[${call}]}`)).payload).toBe(call)
    expect(
      (
        await taken(
          engine,
          '/v1/batch',
          `\n{"x":[{"batch":[9]}],"batch":[  7 , ${call} ] , "y" : "batch" }\n`,
        )
      ).payload,
    ).toBe(call)
  })

  it('is that of the batch that counts when there are two', async () => {
    const other = '{"type":"page","userId":"u"}'
    expect(await taken(engine, '/v1/batch', `{"batch":[${other},${other}],"batch":[${call}]}`)).toMatchObject(
      {
        payload: call,
        batchIndex: 0,
        type: 'track',
      },
    )
  })

  it('is the right one though its batch is written with an escape', async () => {
    expect((await taken(engine, '/v1/batch', `{"b\\u0061tch":[${call}]}`)).payload).toBe(call)
    const other = '{"type":"page","userId":"u"}'
    expect(await taken(engine, '/v1/batch', `{"batch":[${other}],"\\u0062atch":[${call}]}`)).toMatchObject({
      payload: call,
      type: 'track',
    })
  })

  it('may hold bytes that are no UTF-8, and the rest can still be read', async () => {
    const [before, after] = ['{"userId":"u","event":"Order Sent","properties":{"note":"caf', '"}}']
    const event = await taken(
      engine,
      '/v1/track',
      Buffer.concat([Buffer.from(before), Uint8Array.of(0xe9, 0xff), Buffer.from(after)]),
    )
    expect(event).toMatchObject({ event: 'Order Sent', properties: { note: 'caf\ufffd\ufffd' } })
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
