import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyFileSecretBox } from '../../electron/engine/replay/secret-box.ts'
import { startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'
import type { Service } from '../unit/replay/workshop.ts'
import { Workshop, destination } from '../unit/replay/workshop.ts'

describe('the key file', () => {
  let data: string

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'trackside-secret-'))
  })

  afterEach(() => rmSync(data, { recursive: true, force: true }))

  it('opens what it has sealed, after a restart, too', async () => {
    const sealed = await keyFileSecretBox(data).encrypt('sk_live_ü')
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('sk_live')
    expect(await keyFileSecretBox(data).decrypt(sealed)).toBe('sk_live_ü')
  })

  it('is readable by its owner alone', async () => {
    await keyFileSecretBox(data).encrypt('x')
    const file = join(data, 'secret.key')
    expect(readFileSync(file)).toHaveLength(32)
    // Windows keeps no such bits; there, the user's profile folder is what protects it.
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('never seals alike twice, and notices what was tampered with', async () => {
    const box = keyFileSecretBox(data)
    const sealed = await box.encrypt('x')
    expect(Buffer.compare(sealed, await box.encrypt('x'))).not.toBe(0)
    for (const index of sealed.keys()) {
      const tampered = Uint8Array.from(sealed)
      tampered[index] = (tampered[index] ?? 0) ^ 1
      await expect(box.decrypt(tampered)).rejects.toThrow()
    }
    await expect(box.decrypt(sealed.subarray(0, 20))).rejects.toThrow()
  })

  it('says so when it is damaged', async () => {
    writeFileSync(join(data, 'secret.key'), 'short')
    await expect(keyFileSecretBox(data).encrypt('x')).rejects.toThrow(/damaged/)
  })
})

describe('a destination', () => {
  const secrets = ['key-of-mine', 'token-of-mine', 'header-of-mine']
  let sink: Sink
  let workshop: Workshop
  let service: Service

  beforeEach(async () => {
    sink = await startSink()
    workshop = new Workshop()
    service = workshop.serve()
  })

  afterEach(() => sink.close())

  const create = (change = {}) =>
    service.destinations.create(
      destination(sink.url, {
        auth: 'bearer',
        writeKey: 'key-of-mine',
        secret: 'token-of-mine',
        headers: { 'X-Extra': 'header-of-mine' },
        ...change,
      }),
    )

  it('shows that it has secrets, never the secrets, and stores them sealed', async () => {
    const made = await create()
    expect(made).toMatchObject({ hasWriteKey: true, hasSecret: true, headerNames: ['X-Extra'] })
    const shown = JSON.stringify([made, await service.destinations.list()])
    const stored = workshop.database.serialize().toString('latin1')
    for (const secret of secrets) {
      expect(shown).not.toContain(secret)
      expect(stored).not.toContain(secret)
    }
  })

  it('authenticates as it is told to', async () => {
    const seen = async (change: object) => {
      const { id } = await create(change)
      await service.destinations.test(id)
      const request = sink.requests.at(-1)
      return [request?.headers.authorization, request?.headers['x-extra'], request?.body['writeKey']]
    }
    const basic = `Basic ${Buffer.from('key-of-mine:token-of-mine').toString('base64')}`
    expect(await seen({ auth: 'basic' })).toEqual([basic, 'header-of-mine', undefined])
    expect(await seen({ auth: 'bearer' })).toEqual(['Bearer token-of-mine', 'header-of-mine', 'key-of-mine'])
    expect(await seen({ auth: 'header' })).toEqual(['token-of-mine', 'header-of-mine', 'key-of-mine'])
    expect(await seen({ auth: 'none' })).toEqual([undefined, 'header-of-mine', 'key-of-mine'])
  })

  it('keeps what a change does not name, and loses a secret that is emptied', async () => {
    const { id } = await create({ production: true })
    expect(await service.destinations.update(id, { name: 'Renamed' })).toMatchObject({
      name: 'Renamed',
      production: true,
      auth: 'bearer',
      hasWriteKey: true,
      hasSecret: true,
    })
    expect(await service.destinations.update(id, { writeKey: '', secret: '', headers: {} })).toMatchObject({
      hasWriteKey: false,
      hasSecret: false,
      headerNames: [],
    })
    await expect(service.destinations.update(99, { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(service.destinations.remove(99)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    { headers: { 'X-A': 'a\r\nX-B: b' } },
    { headers: { 'X A': 'a' } },
    { headers: { Host: 'elsewhere' } },
    { headers: { 'content-length': '0' } },
    { secret: 'a\nb' },
  ])('takes no header that could smuggle another one: %j', async (change) => {
    await expect(create(change)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('is tested with one harmless event that no tool behind it gets', async () => {
    const { id } = await create()
    expect(await service.destinations.test(id)).toMatchObject({ ok: true, status: 200 })
    expect(sink.accepted).toMatchObject([
      { type: 'track', event: 'Connection Tested', integrations: { All: false } },
    ])
  })

  it('says after a failed test what is wrong, without a secret', async () => {
    const { id } = await create()
    sink.behave(() => ({ status: 403, body: 'token-of-mine is no good' }))
    const refused = await service.destinations.test(id)
    expect(refused).toMatchObject({ ok: false, status: 403 })
    expect(refused.message).toMatch(/It answered 403: \*\*\* is no good\. Check the write key/)
    await sink.close()
    const unreachable = await service.destinations.test(id)
    expect(unreachable).toMatchObject({ ok: false, status: null })
    expect(unreachable.message).toContain('could not be reached')
  })
})
