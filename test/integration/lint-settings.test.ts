import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LintConfigOutput, LintRule } from '../../shared/contract/lint.ts'
import type { PlanState } from '../../shared/contract/plan.ts'
import type { Status } from '../../shared/contract/schemas.ts'
import type { ProblemGroup } from '../../shared/contract/problems.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import type { Problem } from '../../shared/event.ts'
import { rules } from '../../shared/lint/index.ts'
import { findConfigFile } from '../../electron/engine/agreement/config-file.ts'
import type { EngineAddress } from '../../electron/engine/options.ts'
import { success } from './answers.ts'
import { ended, start } from './command.ts'
import { RunningEngine } from './running-engine.ts'

const change = (engine: RunningEngine, lint: unknown): Promise<Settings> =>
  engine.api('/settings', 'PATCH', { lint })
const config = (engine: RunningEngine): Promise<LintConfigOutput> => engine.api('/lint/config')
const rule = async (engine: RunningEngine, id: string): Promise<LintRule | undefined> =>
  (await engine.api<{ rules: LintRule[] }>('/lint/rules')).rules.find((one) => one.id === id)

async function groups(engine: RunningEngine): Promise<[string, number][]> {
  await engine.analysed()
  const { problems } = await engine.api<{ problems: ProblemGroup[] }>('/problems')
  return problems.map(({ rule: id, events }): [string, number] => [id, events])
}

async function sendBatch(engine: RunningEngine, size: number, key: string): Promise<void> {
  const batch = Array.from({ length: size }, (_, index) => ({
    type: 'track',
    event: index % 2 === 0 ? 'order_completed' : 'Invoice Sent',
    anonymousId: `visitor-${index % 7}`,
    messageId: `${key}-${index}`,
    properties: { batch: key, step: index },
  }))
  expect((await engine.post('/v1/batch', { writeKey: 'web', batch })).text).toBe(success)
}

describe('what is set in the settings', () => {
  let engine: RunningEngine
  beforeAll(async () => {
    engine = await RunningEngine.start()
  })
  afterAll(() => engine.close())

  it('judges the past anew while capture goes on and loses nothing, and the name checker goes with it', async () => {
    for (let sent = 0; sent < 10; sent += 1) await sendBatch(engine, 200, `before-${sent}`)
    expect(await groups(engine)).toEqual([['naming/casing', 1_000]])

    await change(engine, { rules: { 'naming/casing': 'off', 'naming/object-action': 'off' } })
    const status = await engine.api<Status>('/status')
    expect(status.rejudging).toMatchObject({ of: 2_000 })
    for (let sent = 0; sent < 5; sent += 1) await sendBatch(engine, 100, `meanwhile-${sent}`)
    expect(await groups(engine)).toEqual([])
    const { events, rejudging } = await engine.api<Status>('/status')
    expect({ events, rejudging }).toEqual({ events: 2_500, rejudging: null })
    const { problems } = await engine.api<{ problems: Problem[] }>('/lint/name', 'POST', {
      name: 'order_completed',
    })
    expect(problems).toEqual([])

    await change(engine, { rules: null })
    expect(await groups(engine)).toEqual([['naming/casing', 1_250]])
  })

  it('counts at one name alone where it is set for that', async () => {
    await change(engine, { names: { order_completed: { 'naming/casing': 'error' } } })
    await engine.analysed()
    const { problems } = await engine.api<{ problems: ProblemGroup[] }>('/problems')
    expect(problems.map(({ severity }) => severity)).toEqual(['error'])
    await change(engine, { names: { order_completed: null } })
    expect((await engine.api<Settings>('/settings')).lint).toEqual({})
  })

  it('is told with every rule, and survives a restart without reading the past again', async () => {
    await change(engine, { rules: { 'naming/casing': 'info' }, style: 'camelCase' })
    expect(await rule(engine, 'naming/casing')).toMatchObject({
      defaultSeverity: 'warning',
      severity: 'info',
      origin: 'here',
      family: 'naming',
      failure: null,
    })
    expect((await engine.api<{ rules: LintRule[] }>('/lint/rules')).rules).toHaveLength(rules.length)
    const { lastEventId } = await engine.analysed()
    await engine.restart()
    const status = await engine.api<Status>('/status')
    expect(status).toMatchObject({ analysedUpTo: lastEventId, rejudging: null })
    expect(await config(engine)).toMatchObject({
      config: { style: 'camelCase', rules: { 'naming/casing': 'info' } },
      origins: { style: 'here', currency: 'default' },
      file: null,
    })
  })

  it('two changes at the same moment do not undo each other', async () => {
    await Promise.all([
      change(engine, { rules: { 'naming/missing': 'off' } }),
      change(engine, { rules: { 'metadata/none': 'off' } }),
      change(engine, { currency: 'EUR' }),
    ])
    expect((await engine.api<Settings>('/settings')).lint).toMatchObject({
      rules: { 'naming/missing': 'off', 'metadata/none': 'off' },
      currency: 'EUR',
    })
  })

  it.each([
    ['a rule that there is not', { rules: { 'naming/casin': 'off' } }],
    ['a severity that there is not', { rules: { 'naming/casing': 'warn' } }],
    ['a setting that there is not', { ruels: {} }],
    ['a currency that there is not', { currency: 'EURO' }],
    [
      'a name that would get lost',
      { names: { ['__proto__']: { '*': 'off' }, 'Invoice Sent': { '*': 'off' } } },
    ],
    [
      'more names than there may be',
      { names: Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`n${n}`, { '*': 'off' }])) },
    ],
  ])('is not changed by %s', async (_what, lint) => {
    const before = await engine.api<Settings>('/settings')
    await expect(change(engine, lint)).rejects.toThrow('INPUT_INVALID')
    expect(await engine.api<Settings>('/settings')).toEqual(before)
  })
})

describe('a trackside.json', () => {
  let folder: string
  let file: string
  let engine: RunningEngine
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trackside-config-'))
    file = join(folder, 'trackside.json')
    writeFileSync(file, '{ "rules": { "naming/casing": "off" }, "plan": "plans/web.json" }')
    engine = await RunningEngine.start({ config: file })
    await sendBatch(engine, 10, 'm')
  })
  afterAll(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  it('is in force from the start, and what is set here wins over it', async () => {
    expect(await groups(engine)).toEqual([])
    expect(await config(engine)).toMatchObject({
      origins: { rules: { 'naming/casing': 'file' } },
      file: { path: file, plan: join(folder, 'plans/web.json'), mistake: null },
    })
    await change(engine, { rules: { 'naming/casing': 'error' } })
    expect(await groups(engine)).toEqual([['naming/casing', 5]])
    await change(engine, { rules: { 'naming/casing': null } })
    expect(await groups(engine)).toEqual([])
  })

  it('is followed: a change takes effect by itself, a mistake is told and what it said before stays', async () => {
    writeFileSync(file, '{ "rules": { "naming/casing": "info" } }')
    await vi.waitFor(async () => expect(await groups(engine)).toEqual([['naming/casing', 5]]), 10_000)

    writeFileSync(file, '{\n  "rules": { "naming/casing": "of" } }')
    await vi.waitFor(async () => {
      const { lint } = await engine.api<Status>('/status')
      expect(lint.trouble).toMatchObject({ file, kind: 'broken' })
      expect(lint.trouble?.message).toContain(`${file}, line 2, column 31: “naming/casing” must be`)
    }, 10_000)
    expect((await config(engine)).file?.mistake).toMatchObject({ line: 2, column: 31 })
    expect(await rule(engine, 'naming/casing')).toMatchObject({ severity: 'info', origin: 'file' })
    expect(await groups(engine)).toEqual([['naming/casing', 5]])

    writeFileSync(file, '{ "rules": { "naming/casing": "off" } }')
    await vi.waitFor(async () => expect((await config(engine)).file?.mistake).toBeNull(), 10_000)
    expect(await groups(engine)).toEqual([])
  })

  it('says nothing any more when it is gone, which is told until it is back', async () => {
    rmSync(file)
    const trouble = async () => (await engine.api<Status>('/status')).lint.trouble
    await vi.waitFor(async () => expect(await trouble()).toMatchObject({ file, kind: 'gone' }), 10_000)
    expect(await rule(engine, 'naming/casing')).toMatchObject({ severity: 'warning', origin: 'default' })
    expect(await groups(engine)).toEqual([['naming/casing', 5]])
    writeFileSync(file, '{ "rules": { "naming/casing": "off" } }')
    await vi.waitFor(async () => expect(await trouble()).toBeNull(), 10_000)
    expect(await groups(engine)).toEqual([])
  })

  it('is found in the folder or above it, up to the root of the repository', async () => {
    const inside = join(folder, 'a', 'b')
    expect(await findConfigFile(inside)).toBe(file)
    const repository = mkdtempSync(join(folder, 'repository-'))
    writeFileSync(join(repository, '.git'), 'gitdir: elsewhere')
    expect(await findConfigFile(repository)).toBeNull()
  })
})

describe('a trackside.json that comes after the start', () => {
  let repository: string
  let folder: string
  let engine: RunningEngine
  beforeAll(async () => {
    repository = mkdtempSync(join(tmpdir(), 'trackside-late-config-'))
    writeFileSync(join(repository, '.git'), 'gitdir: elsewhere')
    folder = join(repository, 'packages', 'web')
    mkdirSync(folder, { recursive: true })
    engine = await RunningEngine.start({ configFolder: folder })
    await sendBatch(engine, 10, 'm')
  })
  afterAll(async () => {
    await engine.close()
    rmSync(repository, { recursive: true })
  })
  /** What a file says is told a moment before the past begins to be judged by it. */
  const judged = (expected: [string, number][]): Promise<void> =>
    vi.waitFor(async () => expect(await groups(engine)).toEqual(expected), 10_000)
  const followed = async (): Promise<string | undefined> => (await config(engine)).file?.path

  it('is followed from then on, the nearest first', async () => {
    expect((await config(engine)).file).toBeNull()
    await judged([['naming/casing', 5]])
    const above = join(repository, 'trackside.json')
    writeFileSync(above, '{ "rules": { "naming/casing": "off" } }')
    await vi.waitFor(async () => expect(await followed()).toBe(above), 10_000)
    await judged([])

    const near = join(folder, 'trackside.json')
    writeFileSync(near, '{ "plan": "plan.json" }')
    await vi.waitFor(async () => expect(await followed()).toBe(near), 10_000)
    expect((await engine.api<PlanState>('/plan')).file?.path).toBe(join(folder, 'plan.json'))
    await judged([['naming/casing', 5]])

    rmSync(near)
    await vi.waitFor(async () => expect(await followed()).toBe(above), 10_000)
    expect((await engine.api<PlanState>('/plan')).file).toBeNull()
    await judged([])
    expect((await engine.api<Status>('/status')).lint.trouble).toBeNull()
  })

  it('leaves what is set here alone when the last one is gone', async () => {
    await change(engine, { rules: { 'naming/casing': 'error' } })
    rmSync(join(repository, 'trackside.json'))
    await vi.waitFor(
      async () => expect((await engine.api<Status>('/status')).lint.trouble?.kind).toBe('gone'),
      10_000,
    )
    expect(await rule(engine, 'naming/casing')).toMatchObject({ severity: 'error', origin: 'here' })
    await judged([['naming/casing', 5]])
  })

  it('is looked for where `trackside serve` was started', async () => {
    const data = mkdtempSync(join(tmpdir(), 'trackside-late-config-data-'))
    const serving = start(['serve', '--json', '--port=0', '--app-port=0', `--data=${data}`], {}, folder)
    const end = ended(serving)
    const [line] = (await once(createInterface({ input: serving.stdout }), 'line')) as [string]
    const { app, token } = JSON.parse(line) as EngineAddress
    const file = join(folder, 'trackside.json')
    writeFileSync(file, '{}')
    await vi.waitFor(async () => {
      const response = await fetch(`${app}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } })
      expect(((await response.json()) as Status).lint.file).toBe(file)
    }, 10_000)
    serving.kill('SIGTERM')
    expect(await end).toMatchObject({ code: 0, stderr: '' })
    rmSync(data, { recursive: true })
  })
})
