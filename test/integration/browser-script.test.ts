import { request } from 'node:http'
import { Script } from 'node:vm'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header, WireAnswer } from './running-engine.ts'

// What a page hears that loads the browser SDK from here. The SDK itself runs in the end-to-end tests.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

const get = (path: string, headers: readonly Header[] = [], method = 'GET'): Promise<WireAnswer> =>
  engine.send({ method, path, headers })

/** The body as it is sent: `send` reads text. */
function bytesOf(path: string, headers: Record<string, string>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    request(engine.capture + path, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks)))
    })
      .on('error', reject)
      .end()
  })
}

/** The key that the script tells its SDK, as the browser's parser reads it. */
function keyIn(script: string): unknown {
  const literal = /window\.analyticsWriteKey=("(?:[^"\\]|\\.)*")/.exec(script)?.[1]
  return literal === undefined ? undefined : JSON.parse(literal)
}

const path = '/analytics.js/v1/web/analytics.min.js'

describe('the browser script', () => {
  it('is the stock SDK, with the write key of its address', async () => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)))
    expect(keyIn(answer.text)).toBe('web')
    expect(() => new Script(answer.text)).not.toThrow()
    // Its source map is not served.
    expect(answer.text).not.toContain('sourceMappingURL')
  })

  it.each([
    '/analytics.js/v1/web/analytics.js',
    '/analytics.js/v1/web/platform/analytics.min.js',
    `/${path}?v=2`,
  ])('is at %s, too', async (other) => {
    expect((await get(other)).text).toBe((await get(path)).text)
  })

  it.each(['"+alert(1)+"', "</script><script>'", '$&$1\\', 'Schlüssel 🎉', '__WRITE_KEY__'])(
    'takes the write key %s as text, and nothing else',
    async (key) => {
      const { text } = await get(`/analytics.js/v1/${encodeURIComponent(key)}/analytics.min.js`)
      expect(keyIn(text)).toBe(key)
      expect(() => new Script(text)).not.toThrow()
    },
  )

  it('turns to nobody but the Trackside that it came from, under the name that the page knows', async () => {
    const { text } = await get(path, [['Host', '10.0.2.2:7357']])
    expect(text).toContain('"http://10.0.2.2:7357/analytics-next/bundles/"')
    expect(text).toContain('"10.0.2.2:7357/v1"')
    expect(text).not.toMatch(/(?:cdn|api)\.segment\.(?:com|io)/)
    // Nothing that a Host header can be made to say gets into the script.
    expect((await get(path, [['Host', '"+alert(1)+"']])).text).toContain(
      `"http://localhost:${engine.capturePort}/analytics-next/bundles/"`,
    )
  })

  it('forgets no key that comes back after many others', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`)
    for (const key of [...keys, 'key-0'])
      expect(keyIn((await get(`/analytics.js/v1/${key}/analytics.min.js`)).text)).toBe(key)
  })

  it('is compressed for those who take it so', async () => {
    const plain = await bytesOf(path, {})
    const gzipped = await bytesOf(path, { 'accept-encoding': 'br, gzip, deflate' })
    expect(gzipped.length).toBeLessThan(plain.length / 3)
    expect(gunzipSync(gzipped).equals(plain)).toBe(true)
    expect((await bytesOf(path, { 'accept-encoding': 'gzip;q=0, identity' })).equals(plain)).toBe(true)
    const { headers } = await get(path, [
      ['Accept-Encoding', 'gzip'],
      ['Origin', 'https://shop.example'],
    ])
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Origin, Accept-Encoding' })
  })

  it('is not sent again to a browser that has it', async () => {
    const { headers } = await get(path)
    expect(headers['cache-control']).toBe('no-cache')
    const again = await get(path, [['If-None-Match', String(headers.etag)]])
    expect(again).toMatchObject({ status: 304, text: '' })
    const other = await get('/analytics.js/v1/shop/analytics.min.js', [
      ['If-None-Match', String(headers.etag)],
    ])
    expect(other.status).toBe(200)
  })

  it('may be loaded by any page, also by one that is isolated from other origins', async () => {
    const { headers } = await get(path, [['Origin', 'https://shop.example']])
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
  })

  it('can be looked at without being fetched, but not posted to', async () => {
    const looked = await get(path, [], 'HEAD')
    expect(looked).toMatchObject({ status: 200, text: '' })
    expect(Number(looked.headers['content-length'])).toBeGreaterThan(50_000)
    const posted = await engine.post(path, {})
    expectRefusal(posted, 405, 'METHOD_NOT_ALLOWED')
    expect(posted.headers.allow).toBe('GET, HEAD')
  })
})

describe('the parts that the script loads later', () => {
  it('are all here', async () => {
    const { text } = await get(path)
    // webpack keeps their names in two tables, by number: the chunk's name and its hash.
    const hashes = [...text.matchAll(/[{,]\d+:"([0-9a-f]{20})"/g)].map(([, hash = '']) => hash)
    expect(hashes.length).toBeGreaterThan(5)
    const names = new Map(
      [...text.matchAll(/[{,](\d+):"([\w-]+)"/g)]
        .filter(([, , name = '']) => !hashes.includes(name))
        .map(([, number = '', name = '']) => [number, name]),
    )
    for (const [, number = '', hash = ''] of text.matchAll(/[{,](\d+):"([0-9a-f]{20})"/g)) {
      const bundle = await get(`/analytics-next/bundles/${names.get(number) ?? number}.bundle.${hash}.js`)
      expect(bundle.status, names.get(number)).toBe(200)
      expect(() => new Script(bundle.text)).not.toThrow()
      expect(bundle.text).not.toContain('sourceMappingURL')
    }
  })

  it.each(['tsub-middleware.bundle.000000.js', '999.bundle.abc.js'])(
    'are not made up: %s of another version is missing in so many words',
    async (file) => {
      expectRefusal(await get(`/analytics-next/bundles/${file}`), 404, 'SCRIPT_UNKNOWN')
    },
  )

  it.each(['index.js', '..%2f..%2f..%2fpackage.json', '../package.json', 'x.bundle.a.js.map'])(
    'are nothing else: %s is not served',
    async (file) => {
      expectRefusal(await get(`/analytics-next/bundles/${file}`), 404, 'PATH_UNKNOWN')
    },
  )
})
