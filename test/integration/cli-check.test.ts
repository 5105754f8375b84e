import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventDetail } from '../../shared/event.ts'
import type { ProblemGroup } from '../../shared/contract/problems.ts'
import { exportPlan } from '../../shared/plan/export/index.ts'
import { inProject } from '../../scripts/project.ts'
import { serve, trackside } from './command.ts'
import type { Ended, Served } from './command.ts'
import { clientOf } from './served-engine.ts'
import { story } from './story.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trackside-cli-check-'))
  // Whatever lies above it is none of ours.
  mkdirSync(join(folder, '.git'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `check` in the folder. */
async function checkHere(arguments_: readonly string[], input = ''): Promise<Ended> {
  const { TRACKSIDE_DATA: _data, TRACKSIDE_URL: _url, TRACKSIDE_TOKEN: _token, ...inherited } = process.env
  const running = spawn(process.execPath, [inProject('electron/cli/main.ts'), 'check', ...arguments_], {
    cwd: folder,
    env: { ...inherited, TRACKSIDE_DATA: join(folder, 'no-data') },
  })
  running.stdin.end(input)
  const exit = new Promise<number | null>((resolve) => running.once('exit', resolve))
  const [stdout, stderr, code] = await Promise.all([text(running.stdout), text(running.stderr), exit])
  return { code, stdout, stderr }
}

interface Report {
  ok: boolean
  events: number
  counts: Record<string, number>
  expected: string[] | null
  problems: {
    rule: string
    name: string | null
    events: number
    first: { file: string; line: number } | { eventId: number }
  }[]
}
const reportOf = ({ stdout }: Ended): Report => JSON.parse(stdout) as Report
const rulesOf = (ended: Ended): string[] =>
  reportOf(ended)
    .problems.map(({ rule, name, events }) => `${rule} ${name ?? ''} ${events}`)
    .sort()

function write(file: string, ...lines: unknown[]): void {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(join(folder, file), `${texts.join('\n')}\n`)
}

function call(event: string, properties: object, key: string): object {
  return {
    type: 'track',
    event,
    userId: 'u1',
    messageId: key,
    properties,
    timestamp: '2026-02-03T04:05:06.789Z',
  }
}
const identify = { type: 'identify', userId: 'u1', messageId: 'i', timestamp: '2026-02-03T04:05:05.000Z' }
const good = [
  identify,
  call('Invoice Sent', { invoice_id: 'i1' }, 'a'),
  call('Invoice Sent', { invoice_id: 'i2' }, 'b'),
]

const { content: plan } = exportPlan(
  {
    name: 'Shop',
    events: [
      {
        name: 'Invoice Sent',
        description: '',
        schema: { type: 'object', properties: { invoice_id: { type: 'string' } }, required: ['invoice_id'] },
      },
      { name: 'Invoice Paid', description: '', schema: { type: 'object' } },
    ],
  },
  'json-schema',
)

describe('trackside check, of files', () => {
  it('passes what is fine, without any engine', async () => {
    write('good.ndjson', ...good)
    const { code, stdout, stderr } = await checkHere(['good.ndjson', '--fail-on=info'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe('3 events: 0 errors, 0 warnings, 0 remarks. 100 % clean: 2 of 2 track calls.\n')
  })

  it('fails from the severity on that is asked for, and says where and what to write', async () => {
    write('bad.ndjson', ...good, '', call('order_completed', { total: 1 }, 'c'))
    expect((await checkHere(['bad.ndjson'])).code).toBe(0)
    const { code, stdout } = await checkHere(['bad.ndjson', '--fail-on', 'warning'])
    expect(code).toBe(1)
    expect(stdout).toContain('warning  Name is not in the agreed style  naming/casing')
    expect(stdout).toContain('order_completed  bad.ndjson:5')
    expect(stdout).toContain('Write instead: Order Completed')
    expect((await checkHere(['bad.ndjson', '--fail-on=never'])).code).toBe(0)
    expect((await checkHere(['event:"Invoice Sent"', 'bad.ndjson', '--fail-on=warning'])).code).toBe(0)
  })

  it('reads what is piped in, and several files as one', async () => {
    write('one.ndjson', identify)
    const piped = JSON.stringify(call('order_completed', { total: 1 }, 'c'))
    const ended = await checkHere(['one.ndjson', '-', '--format=json', '--fail-on=warning'], piped)
    expect(ended.code).toBe(1)
    expect(reportOf(ended)).toMatchObject({ ok: false, events: 2 })
    expect(reportOf(ended).problems[0]?.first).toEqual({ file: '-', line: 1 })
  })

  it('tells each line that can’t be read by its file and number, and goes on', async () => {
    const long = JSON.stringify(call('Invoice Sent', { note: 'x'.repeat(6_000_000) }, 'l'))
    write('broken.ndjson', ...good, '{"type":"track","event":"Invo', '[1]', '\u0000\ufffd', long, good[1])
    const ended = await checkHere(['broken.ndjson', '--format=github', 'type:identify'])
    expect(ended.code).toBe(1)
    const places = ended.stdout.match(/^::error file=broken\.ndjson,line=\d+,title=.*?\)/gm)
    expect(places).toEqual([
      '::error file=broken.ndjson,line=4,title=Call could not be taken (BODY_NOT_JSON)',
      '::error file=broken.ndjson,line=5,title=Call could not be taken (CALL_NOT_OBJECT)',
      '::error file=broken.ndjson,line=6,title=Call could not be taken (BODY_NOT_JSON)',
      '::error file=broken.ndjson,line=7,title=Call could not be taken (BODY_TOO_LARGE)',
    ])
  })

  it('holds them against a plan, and misses what is planned and does not come', async () => {
    write('plan.json', plan)
    write('planned.ndjson', ...good, call('Invoice Sent', { invoice_id: 4 }, 'c'))
    const ended = await checkHere(['planned.ndjson', '--plan=plan.json', '--expect-all', '--format=json'])
    expect(ended.code).toBe(1)
    expect(rulesOf(ended)).toContain('plan/wrong-type Invoice Sent 1')
    expect(reportOf(ended).expected).toEqual(['Invoice Paid'])
    const without = await checkHere(['good.ndjson', '--expect-all'])
    expect(without).toMatchObject({ code: 2, stdout: '' })
    expect(without.stderr).toMatch(/^PLAN_MISSING: /)
  })

  it('finds the trackside.json of the folder, and the plan that it names', async () => {
    const nested = join(folder, 'nested')
    mkdirSync(join(nested, 'plans'), { recursive: true })
    writeFileSync(join(nested, 'plans/shop.json'), plan)
    const config = join(nested, 'trackside.json')
    writeFileSync(config, '{ "rules": { "naming/casing": "error" }, "plan": "plans/shop.json" }')
    write('both.ndjson', ...good, call('order_completed', { total: 1 }, 'c'))
    const asked = await checkHere(['both.ndjson', `--config=${config}`, '--format=json'])
    cpSync(nested, folder, { recursive: true })
    const found = await checkHere(['both.ndjson', '--format=json'])
    rmSync(join(folder, 'trackside.json'))
    expect(rulesOf(asked)).toEqual(
      expect.arrayContaining(['naming/casing order_completed 1', 'plan/unplanned-event order_completed 1']),
    )
    expect(asked.code).toBe(1)
    expect(found).toEqual(asked)
  })

  it('is given up with one Ctrl C, and leaves nothing behind', async () => {
    const temporary = join(folder, 'temporary')
    mkdirSync(temporary)
    const checking = spawn(process.execPath, [inProject('electron/cli/main.ts'), 'check', '-'], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
    })
    const exit = once(checking, 'exit')
    checking.stdin.write(`${JSON.stringify(good[1])}\n`)
    const logs = (): string[] => readdirSync(temporary, { recursive: true }).map(String)
    await expect.poll(logs, { timeout: 20_000 }).toContainEqual(expect.stringMatching(/trackside\.db$/))
    checking.kill('SIGINT')
    expect(await exit).toEqual([130, null])
    expect(logs()).toEqual([])
  })

  it('says what keeps it from checking, with exit status 2', async () => {
    const rudderStack = readFileSync(inProject('test/fixtures/plans/rudderstack-v1.yaml'), 'utf8')
    write('plan-broken.json', '{', '  "name": "Shop",', '  "events": {,}', '}')
    write(
      'plan-unusable.json',
      '{ "title": "Invoice Sent",',
      '  "properties": {',
      '    "total": { "type": "number", "multipleOf": 0 }',
      '} }',
    )
    write('plan-unusable.yaml', rudderStack.replace('min_length: 3', 'multiple_of: 0'))
    write('trackside-broken.json', '{', '  "rules": { "naming/casing": "of" }', '}')
    const refused = async (...arguments_: string[]): Promise<string> => {
      const { code, stdout, stderr } = await checkHere(arguments_)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      return stderr
    }
    expect(await refused('missing.ndjson')).toMatch(
      /^CHECK_FILE_UNREADABLE: missing\.ndjson can’t be read: ENOENT/,
    )
    expect(await refused('good.ndjson', '--plan=plan-broken.json')).toMatch(
      /^PLAN_FILE_BROKEN: .*plan-broken\.json, line 3, column 14: a key in double quotes is missing\./,
    )
    expect(await refused('good.ndjson', '--plan=plan-unusable.json')).toMatch(
      /^PLAN_FILE_BROKEN: .*plan-unusable\.json, line 3, column 48: the schema of "Invoice Sent" can’t be used: properties\.total\.multipleOf must be > 0\. Mend it there/,
    )
    expect(await refused('good.ndjson', '--plan=plan-unusable.yaml')).toMatch(
      /^PLAN_FILE_BROKEN: .*plan-unusable\.yaml, line 49, column 22: the schema of "Order Completed" can’t be used: properties\.order_id\.multipleOf must be > 0\./,
    )
    expect(await refused('good.ndjson', '--plan=no-plan.json')).toMatch(
      /^PLAN_FILE_UNREADABLE: .*no-plan\.json/,
    )
    expect(await refused('good.ndjson', '--config=trackside-broken.json')).toMatch(
      /^CONFIG_BROKEN: .*line 2, column 31: .*must be/,
    )
    expect(await refused('good.ndjson', '--config=no.json')).toMatch(/^CONFIG_MISSING: /)
    expect(await refused('good.ndjson', 'event:"open')).toMatch(/^QUERY_SYNTAX: /)
    expect(await refused('good.ndjson', '--fail-on=bad')).toMatch(/^USAGE: .*fail-on/)
    expect(await refused('good.ndjson', '--formt=json')).toMatch(/^USAGE: .*Did you mean --format\?/)
    expect(await refused('type:track')).toMatch(/^ENGINE_NOT_RUNNING: /)
  })
})

describe('trackside check, of an engine and of its data', () => {
  let data: string
  let served: Served
  beforeAll(async () => {
    data = join(folder, 'data')
    served = await serve(data)
    await clientOf(served.address).capture(story)
  })
  afterAll(() => served.end('SIGKILL'))
  const check = (...arguments_: string[]): Promise<Ended> =>
    trackside('check', `--data=${data}`, '--format=json', ...arguments_)

  it('tells what the engine has found, wherever it is judged', async () => {
    const api = clientOf(served.address)
    const groups = await api.walk<ProblemGroup>('/problems', 'problems')
    const listed = groups.map(({ rule, name, events }) => `${rule} ${name ?? ''} ${events}`).sort()
    const running = await check()
    const events = await api.events()
    const rejected = events.filter(({ accepted }) => !accepted)
    expect(rulesOf(running).filter((line) => line.includes('/'))).toEqual(listed)
    expect(rulesOf(running).filter((line) => !line.includes('/'))).toHaveLength(
      new Set(rejected.map(({ rejection }) => rejection?.message)).size,
    )
    expect(reportOf(running).events).toBe(events.length)

    const details = await Promise.all(events.map(({ id }) => api.get<EventDetail>(`/events/${id}`)))
    write('exported.ndjson', ...details)
    const exported = await checkHere(['exported.ndjson', '--format=json'])
    expect(rulesOf(exported)).toEqual(rulesOf(running))
    expect(exported.code).toBe(running.code)

    write('rules.json', { rules: {} })
    expect(rulesOf(await check(`--config=${join(folder, 'rules.json')}`))).toEqual(rulesOf(running))
  })

  it('judges its events by another plan and other rules without telling the engine', async () => {
    write('plan.json', plan)
    write('silent.json', { rules: { 'metadata/none': 'off' } })
    const before = rulesOf(await check())
    const planned = await check('type:track', `--plan=${join(folder, 'plan.json')}`)
    expect(rulesOf(planned).some((line) => line.startsWith('plan/unplanned-event'))).toBe(true)
    const [problem] = reportOf(planned).problems
    expect(problem?.first).toHaveProperty('eventId')
    expect(before.some((line) => line.startsWith('metadata/none'))).toBe(true)
    const silent = await check(`--config=${join(folder, 'silent.json')}`)
    expect(rulesOf(silent)).toEqual(before.filter((line) => !line.startsWith('metadata/none')))
    expect(rulesOf(await check())).toEqual(before)
  })

  it('finds it by --url and --token, and says where nothing answers', async () => {
    const { app, token } = served.address
    const ended = await trackside('check', `--url=${app}`, `--token=${token}`, '--format=json')
    expect(rulesOf(ended)).toEqual(rulesOf(await check()))
    const dead = await trackside('check', '--url=http://127.0.0.1:1', '--token=t')
    expect(dead).toMatchObject({ code: 2, stdout: '' })
    expect(dead.stderr).toMatch(/^ENGINE_UNREACHABLE: /)
  })

  it('judges the data of an engine that was killed, and leaves it as it is', async () => {
    const running = await check()
    await served.end('SIGKILL')
    const files = (): [string, string][] =>
      readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [file, readFileSync(file).toString('base64')])
    const before = files()
    expect(rulesOf(await check())).toEqual(rulesOf(running))
    const planned = await check(`--plan=${join(folder, 'plan.json')}`)
    expect(rulesOf(planned).some((line) => line.startsWith('plan/unplanned-event'))).toBe(true)
    expect(files()).toEqual(before)
  })
})
