import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Destination, Status } from '../../shared/contract/schemas.ts'
import { startSink } from '../unit/replay/sink.ts'
import { ended, start, trackside } from './command.ts'
import type { Running } from './command.ts'
import { serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'
import { story } from './story.ts'

// The commands that wait, change and send.

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

describe('trackside wait', () => {
  const wait = (...arguments_: string[]) => trackside('wait', connection, ...arguments_)

  it('exits with 0 and shows what has come, when it holds', async () => {
    const held = await wait('event:"Invoice Sent"', '--count=2')
    expect(held.code).toBe(0)
    expect(held.stdout.trimEnd().split('\n')).toHaveLength(3)
    const json = await wait('event:"Invoice Sent"', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, events: [{ id: 4 }] })
  })

  it('exits with 1 and shows what did arrive, when it does not', async () => {
    const missed = await wait('event:"Invoice Lost"', '--timeout', '50ms')
    expect(missed.code).toBe(1)
    expect(missed.stdout).toContain('0 of 1 arrived for event:"Invoice Lost".')
    expect(missed.stdout).toContain('Report Exported')
    const empty = await serveEngine()
    expect((await trackside('wait', `--data=${empty.data}`, 'a', '--timeout=0')).stdout).toContain(
      'Nothing has arrived at all.',
    )
    await empty.stop()
  })

  it('--absent turns both round', async () => {
    const held = await wait('event:"Invoice Lost"', '--absent', '--timeout=50ms')
    expect(held).toMatchObject({ code: 0, stdout: 'Nothing matched, as expected.\n' })
    const broken = await wait('event:"Invoice Sent"', '--absent')
    expect(broken.code).toBe(1)
    expect(broken.stdout).toMatch(/^This matched, but should not have:\n/)
  })

  it('ends when what it waits for arrives', async () => {
    const waiting = begin('wait', connection, 'event:"Late Bird Caught"', '--timeout=1m', '--json')
    const end = ended(waiting)
    const call = { type: 'track', event: 'Late Bird Caught', userId: 'zoe' }
    await vi.waitFor(async () => {
      await engine.capture([call])
      expect(waiting.exitCode).toBe(0)
    }, 30_000)
    expect(JSON.parse((await end).stdout)).toMatchObject({
      ok: true,
      events: [{ event: 'Late Bird Caught' }],
    })
    await engine.api('DELETE', '/events?query=user:zoe')
    await engine.analysed()
  })

  it('is given up with one Ctrl C', async () => {
    // Nothing tells when it has connected. Before, the signal ends it like any process, and it is tried again later.
    for (let pauseMs = 250; ; pauseMs *= 2) {
      const waiting = begin('wait', connection, 'event:"Never Seen"', '--timeout=10m')
      const end = ended(waiting)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      waiting.kill('SIGINT')
      const { code, stdout, stderr } = await end
      if (waiting.signalCode === 'SIGINT') continue
      expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: '' })
      break
    }
  })

  it('exits with 2 when it could not look at all, so that no failure passes for an answer', async () => {
    for (const [arguments_, message] of [
      [['type:trak'], /^QUERY_SYNTAX: /],
      [['a', '--timeout=soon'], /^USAGE: .*500ms, 10s or 2m/],
      [['a', '--timeout=20m'], /^USAGE: .*Ten minutes/],
      [['a', '--count=0'], /^USAGE: /],
      [[], /^USAGE: .*query/],
    ] as const) {
      const failed = await wait(...arguments_)
      expect([failed.code, failed.stdout]).toEqual([2, ''])
      expect(failed.stderr).toMatch(message)
    }
  })
})

describe('what changes things', () => {
  let other: ServedEngine
  beforeAll(async () => {
    other = await serveEngine()
    await other.capture(story)
  })
  afterAll(() => other.stop())
  const change = (command: string, ...arguments_: string[]) =>
    trackside(command, `--data=${other.data}`, ...arguments_)

  it('trackside rebuild analyses all anew, and ends when that is done', async () => {
    expect(await change('rebuild')).toEqual({
      code: 0,
      stdout: 'Analysed all events up to 11.\n',
      stderr: '',
    })
    expect(await other.get<Status>('/status')).toMatchObject({ analysedUpTo: 11, users: 3 })
  })

  it('trackside replay shows its plan, sends nothing without --yes, and then sends', async () => {
    const sink = await startSink()
    await other.api<Destination>('POST', '/destinations', { name: 'Sink', url: sink.url, writeKey: 'k' })
    const dry = await change('replay', 'type:track', '-event:order*', '--to', 'sink', '--dry-run')
    expect(dry.code).toBe(0)
    expect(dry.stdout).toContain('4 of 4 events to Sink')
    expect(dry.stdout).toContain('preset historical')
    const asked = await change('replay', 'type:track', '--to=Sink')
    expect([asked.code, asked.stdout]).toEqual([1, expect.stringContaining('Nothing was sent. Add --yes')])
    expect(sink.requests).toEqual([])
    const sent = await change('replay', 'type:track', '-event:order*', '--to=1', '--yes', '--rate=1000')
    expect([sent.code, sent.stderr]).toEqual([0, ''])
    expect(sent.stdout).toContain('Replay 1 done: 4 of 4 sent, 0 failed, 0 skipped')
    expect(sink.accepted.map((call) => call['event'])).toEqual([
      'Invoice Sent',
      'Invoice Sent',
      'invoice_sent',
      'Report Exported',
    ])
    sink.behave(() => ({ status: 400 }))
    const failed = await change('replay', 'type:page', '--to=Sink', '--yes')
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining('0 of 1 sent, 1 failed')])
    const nowhere = await change('replay', 'a', '--to=Nowhere')
    expect(nowhere.stderr).toMatch(/^USAGE: There is no destination Nowhere. Known: Sink/)
    await sink.close()
  })

  it('trackside clear deletes what matches, then everything', async () => {
    expect(await change('clear', 'event:"Invoice Sent"', '-user:ole')).toMatchObject({
      code: 0,
      stdout: '1 events deleted.\n',
    })
    expect((await change('clear', 'type:trak')).code).toBe(2)
    expect(await other.get<Status>('/status')).toMatchObject({ events: 10 })
    expect((await change('clear')).stdout).toBe('10 events deleted.\n')
    expect(await other.get<Status>('/status')).toMatchObject({ events: 0 })
  })
})
