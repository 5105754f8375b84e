import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EngineAddress } from '../../electron/engine/options.ts'
import type { TracksideEvent } from '../../shared/event.ts'
import { ended, serve, start, trackside } from './command.ts'
import type { Running } from './command.ts'
import { serveEngine, temporaryDirectory } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'
import { story } from './story.ts'

// The command as a person and a script meet it: what it prints, where, and with what exit status.

let engine: ServedEngine
let connection: string
const running: Running[] = []

beforeAll(async () => {
  engine = await serveEngine()
  connection = `--data=${engine.data}`
  await engine.capture(story)
})

afterEach(() => {
  for (const each of running.splice(0)) each.kill('SIGKILL')
})

afterAll(() => engine.stop())

function begin(...arguments_: string[]): Running {
  const begun = start(arguments_)
  running.push(begun)
  return begun
}

describe('trackside serve', () => {
  const flags = ['serve', '--json', '--port=0', '--app-port=0']

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one line when ready, nothing else, and ends cleanly on %s though a page is open',
    async (signal) => {
      const data = temporaryDirectory()
      const served = begin(...flags, `--data=${data}`)
      const end = ended(served)
      const [line] = (await once(createInterface({ input: served.stdout }), 'line')) as [string]
      const address = JSON.parse(line) as EngineAddress
      expect(Object.keys(address).sort()).toEqual(['app', 'capture', 'data', 'pid', 'token'])
      expect(address).toMatchObject({ data, pid: served.pid })
      const captured = await fetch(`${address.capture}/v1/track`, {
        method: 'POST',
        body: '{"event":"Invoice Sent","userId":"jane"}',
      })
      expect(captured.status).toBe(200)
      const stream = await fetch(`${address.app}/api/v1/stream`, {
        headers: { authorization: `Bearer ${address.token}` },
      })
      served.kill(signal)
      expect(await end).toEqual({ code: 0, stdout: `${line}\n`, stderr: '' })
      await stream.body?.cancel().catch(() => undefined)
      rmSync(data, { recursive: true, force: true })
    },
  )

  it('says where to point an SDK and what to open, and keeps the token out of the path', async () => {
    const data = temporaryDirectory()
    const served = begin('serve', '--port=0', '--app-port=0', `--data=${data}`, '--token=of-my-own')
    const end = ended(served)
    let said = ''
    for await (const line of createInterface({ input: served.stdout })) {
      said += `${line}\n`
      if (line.startsWith('Stop it')) served.kill('SIGTERM')
    }
    expect(said).toMatch(/Point your SDK at +http:\/\/127\.0\.0\.1:\d+\n/)
    expect(said).toMatch(/Open the page at +http:\/\/127\.0\.0\.1:\d+\/#token=of-my-own\n/)
    expect(said).toContain(data)
    expect((await end).code).toBe(0)
    rmSync(data, { recursive: true, force: true })
  })

  it('says what stands in its way, and what to do', async () => {
    const inUse = await trackside(...flags, connection)
    expect(inUse).toMatchObject({ code: 2, stdout: '' })
    expect(inUse.stderr).toContain(`DATA_IN_USE: Trackside is already running on ${engine.data}`)
    expect(inUse.stderr).toContain(engine.address.app)
    const file = join(engine.data, 'a-file')
    writeFileSync(file, '')
    expect((await trackside(...flags, `--data=${file}`)).stderr).toMatch(/^DATA_UNWRITABLE: .*--data/)
    const port = new URL(engine.address.capture).port
    const taken = await trackside('serve', '--app-port=0', `--port=${port}`, `--data=${file}-beside`)
    expect(taken).toMatchObject({ code: 2, stdout: '' })
    expect(taken.stderr).toMatch(new RegExp(`^PORT_TAKEN: Port ${port} .*choose another port with --port`))
  })
})

describe('trackside events', () => {
  const events = (...arguments_: string[]) => trackside('events', connection, ...arguments_)

  it('prints a table of the latest, oldest first', async () => {
    const { code, stdout, stderr } = await events('--limit', '3')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^ID +TIME +TYPE +NAME +USER +ACCOUNT +PROBLEMS$/)
    expect(lines.slice(1).map((line) => line.split(/ {2,}/)[0])).toEqual(['9', '10', '11'])
    expect(lines[2]).toContain('CALL_TYPE_UNKNOWN')
    expect(lines[3]).toMatch(/Report Exported +Jane Roe/)
  })

  it('prints JSON that is whole, and lines of JSON', async () => {
    const json = await events('--format=json', 'type:track')
    const listed = JSON.parse(json.stdout) as TracksideEvent[]
    expect(listed.map(({ id }) => id)).toEqual([4, 5, 6, 7, 11])
    expect(listed).toEqual(await engine.events('type:track'))
    const lines = await events('--format', 'ndjson', 'type:track')
    expect(
      lines.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(listed)
    expect(JSON.parse((await events('--format=json', 'message:none')).stdout)).toEqual([])
  })

  it('prints CSV that a spreadsheet reads, and never runs', async () => {
    const sly = await serveEngine()
    await sly.capture([
      { type: 'track', event: '=HYPERLINK("http://evil.example","x")', userId: 'a,"b"\nc', messageId: '-1' },
    ])
    const { stdout } = await trackside('events', `--data=${sly.data}`, '--format=csv')
    const [head = '', ...rest] = stdout.split('\r\n').length > 1 ? stdout.split('\r\n') : stdout.split('\n')
    expect(head.split(',').slice(0, 5)).toEqual(['id', 'receivedAt', 'timestamp', 'type', 'event'])
    const row = rest.join('\n')
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`)
    expect(row).toContain('"a,""b""\nc"')
    expect(row).toContain(",'-1,")
    await sly.stop()
  })

  it('shows control characters instead of obeying them', async () => {
    const sly = await serveEngine()
    await sly.capture([{ type: 'track', event: 'Red \u001b[31m \u202e', userId: 'jane\u0007' }])
    const { stdout } = await trackside('events', `--data=${sly.data}`)
    expect(stdout).toContain('Red \\u001b[31m \\u202e ')
    expect(stdout).toContain('jane\\u0007')
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/)
    await sly.stop()
  })

  it('takes more than one page of the API holds', async () => {
    const many = await serveEngine()
    await many.capture(
      Array.from({ length: 1203 }, (_, index) => ({ type: 'track', event: 'Page Read', userId: `${index}` })),
    )
    const { stdout } = await trackside('events', `--data=${many.data}`, '--format=ndjson', '--limit=1100')
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as TracksideEvent).id)
    expect(ids).toEqual(Array.from({ length: 1100 }, (_, index) => index + 104))
    await many.stop()
  })

  it('takes the words of a query one by one, also those that begin with a dash', async () => {
    const { stdout } = await events(
      '--format=ndjson',
      'type:track',
      '-source:none',
      '-event:invoice*',
      '--limit',
      '9',
    )
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as TracksideEvent).id),
    ).toEqual([7, 11])
    const first = await events('-type:track', '--format=ndjson')
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(6)
    expect((await events('--', '-type:track')).code).toBe(0)
  })

  it('goes on with what arrives, without a gap, until it is stopped', async () => {
    const other = await serveEngine()
    await other.capture(story.slice(0, 5))
    const following = begin(
      'events',
      `--data=${other.data}`,
      '--follow',
      '--format=json',
      '--limit=2',
      'type:track',
    )
    const end = ended(following)
    let printed = ''
    following.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    await vi.waitFor(() => expect(printed).toContain('"id":5'), 20_000)
    await other.capture(story.slice(5))
    await vi.waitFor(() => expect(printed).toContain('"id":11'), 20_000)
    following.kill('SIGINT')
    const { code, stdout } = await end
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as TracksideEvent[]).map(({ id }) => id)).toEqual([4, 5, 6, 7, 11])
    await other.stop()
  })

  it('says so when the engine stops under its feet', async () => {
    const other = await serveEngine()
    await other.capture(story)
    const following = begin('events', `--data=${other.data}`, '--follow', '--format=json')
    const end = ended(following)
    await once(following.stdout, 'data')
    await other.stop()
    const { code, stdout, stderr } = await end
    expect(code).toBe(2)
    expect(stderr).toMatch(/^ENGINE_STOPPED: .*trackside serve/)
    expect(JSON.parse(stdout)).toHaveLength(11)
  })

  it('ends without a word when its reader has seen enough', async () => {
    const following = begin('events', connection, '--format=ndjson', '--follow')
    let stderr = ''
    following.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    await once(following.stdout, 'data')
    following.stdout.destroy()
    const exit = once(following, 'exit') as Promise<[number]>
    await engine.capture([{ type: 'track', event: 'Pipe Closed', userId: 'zoe', messageId: 'pipe' }])
    const [code] = await exit
    expect([code, stderr]).toEqual([0, ''])
    await engine.api('DELETE', '/events?query=user:zoe')
    await engine.analysed()
  })
})

describe('a mistake', () => {
  it('in a query is underlined', async () => {
    const { code, stdout, stderr } = await trackside('events', connection, 'jane', 'type:trak', 'OR', 'roe')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const [message, query, mark] = stderr.split('\n')
    expect(message).toMatch(/^QUERY_SYNTAX: .*trak.*track/)
    expect(query).toBe('  jane type:trak OR roe')
    expect(mark).toBe('            ^^^^')
  })

  it.each<[string[], RegExp]>([
    [['events', '--formt', 'json'], /^USAGE: unknown option '--formt'. Did you mean --format\?/],
    [['clear', '--dat=/tmp'], /^USAGE: unknown option '--dat'. Did you mean --data\?/],
    [['rebuild', '--force'], /^USAGE: unknown option '--force'/],
    [['events', '--limit=0'], /^USAGE: .*whole number from 1/],
    [['events', '--format=xml'], /^USAGE: .*table, json, ndjson, csv/],
    [['serve', '--port=65536'], /^USAGE: .*0 to 65535/],
    [['serve', '--token=two words'], /^USAGE: .*A token is made of/],
    [['replay', 'a'], /^USAGE: .*--to/],
    [['sing'], /^USAGE: unknown command 'sing'/],
    [['events', '--url=nowhere', '--token=t'], /^USAGE: nowhere is no address/],
  ])('in flags is named with the way out: %s', async (arguments_, message) => {
    const failed = await trackside(...arguments_)
    expect([failed.code, failed.stdout]).toEqual([2, ''])
    expect(failed.stderr).toMatch(message)
    expect(failed.stderr).toContain('trackside --help')
  })

  it('about where the engine is says where to look', async () => {
    const data = temporaryDirectory()
    const none = await trackside('events', `--data=${data}`)
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toBe(
      `ENGINE_NOT_RUNNING: No Trackside is running on ${data}. ` +
        'Start it with `trackside serve`, or say where it is with --url and --token.\n',
    )
    const served = await serve(data)
    const { app, token } = served.address
    const elsewhere = await trackside('events', `--url=${app}/`, '--token=wrong')
    expect([elsewhere.code, elsewhere.stderr]).toEqual([2, expect.stringMatching(/^TOKEN_WRONG: /)])
    expect(await trackside('events', `--url=${app}`, `--token=${token}`)).toMatchObject({ code: 0 })
    const byEnvironment = await ended(start(['events'], { TRACKSIDE_URL: app, TRACKSIDE_TOKEN: token }))
    expect(byEnvironment.code).toBe(0)
    expect((await ended(start(['events'], { TRACKSIDE_DATA: data }))).code).toBe(0)
    const capture = await trackside('events', `--url=${served.address.capture}`, `--token=${token}`)
    expect(capture.stderr).toMatch(/^ENGINE_UNREACHABLE: .* it answers 404/)
    await served.end('SIGKILL')
    const gone = await trackside('events', `--data=${data}`)
    expect([gone.code, gone.stderr]).toEqual([
      2,
      expect.stringMatching(/^ENGINE_UNREACHABLE: .*ECONNREFUSED/),
    ])
    const local = app.replace('127.0.0.1', 'localhost')
    expect((await trackside('events', `--url=${local}`, `--token=${token}`)).stderr).toMatch(/ECONNREFUSED/)
    rmSync(data, { recursive: true, force: true })
  })
})
