import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PlanState } from '../../shared/contract/plan.ts'
import type { Status } from '../../shared/contract/schemas.ts'
import { exportPlan } from '../../shared/plan/export/index.ts'
import { serveEngine, temporaryDirectory } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'

const planOf = (name: string) => ({
  name: `Plan of ${name}`,
  events: [{ name, description: '', schema: { type: 'object' } }],
})
const textOf = (name: string): string => exportPlan(planOf(name), 'json-schema').content
const call = {
  type: 'track',
  event: 'Order Completed',
  userId: 'jane',
  messageId: 'm1',
  properties: { a: 1 },
}

describe('the plan that a trackside.json names', () => {
  let folder: string
  let data: string
  let config: string
  let file: string
  let engine: ServedEngine
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trackside-plan-file-'))
    data = temporaryDirectory()
    config = join(folder, 'trackside.json')
    file = join(folder, 'plan.json')
    engine = await serveEngine({ data })
    await engine.api('PUT', '/plan', planOf('Order Completed'))
    await engine.capture([call])
    await engine.close()
    writeFileSync(config, '{ "plan": "plan.json" }')
    writeFileSync(file, textOf('Cart Viewed'))
    engine = await serveEngine({ data, config })
  })
  afterAll(async () => {
    await engine.stop()
    rmSync(folder, { recursive: true })
  })
  const plan = (): Promise<PlanState> => engine.get('/plan')
  const planned = async (): Promise<string | undefined> => (await plan()).plan?.events[0]?.name
  const isUnplanned = async (): Promise<boolean> => {
    await engine.analysed()
    const [event] = await engine.events()
    return event?.problems.some(({ rule }) => rule === 'plan/unplanned-event') === true
  }

  it('is in force in place of the one that is kept, and can’t be changed but in its file', async () => {
    expect(await plan()).toMatchObject({
      plan: { name: 'Plan of Cart Viewed' },
      file: { path: file, trouble: null },
    })
    expect(await isUnplanned()).toBe(true)
    for (const [method, path, body] of [
      ['PUT', '/plan', planOf('Order Completed')],
      ['DELETE', '/plan', undefined],
      ['POST', '/plan/import', { text: textOf('Order Completed') }],
      ['POST', '/plan/draft', {}],
    ] as const) {
      const refusal = await engine.refusal(method, path, body)
      expect(refusal).toMatchObject({ status: 409, code: 'PLAN_IN_FILE' })
      expect(refusal.message).toContain(file)
    }
    expect((await engine.get<{ content: string }>('/plan/export')).content).toBe(textOf('Cart Viewed'))
  })

  it('is followed: another plan re-judges the past, a broken one is told and changes nothing', async () => {
    writeFileSync(file, textOf('Order Completed'))
    await vi.waitFor(async () => expect(await isUnplanned()).toBe(false), 20_000)
    expect(await planned()).toBe('Order Completed')

    writeFileSync(file, '{\n  "events": ?\n}')
    await vi.waitFor(async () => expect((await plan()).file?.trouble).toContain('line 2, column 13'), 20_000)
    expect(await planned()).toBe('Order Completed')
    const { lint } = await engine.get<Status>('/status')
    expect(lint.trouble).toEqual({ file, kind: 'broken', message: (await plan()).file?.trouble })

    writeFileSync(file, '{\n  "title": "Order Completed",\n  "properties": { "a": { "multipleOf": 0 } }\n}')
    await vi.waitFor(
      async () => expect((await plan()).file?.trouble).toContain(`${file}, line 3, column 40: the schema of`),
      20_000,
    )
    expect(await planned()).toBe('Order Completed')

    rmSync(file)
    await vi.waitFor(
      async () => expect((await plan()).file?.trouble).toContain('There is no such file.'),
      20_000,
    )
    expect(await isUnplanned()).toBe(false)
  })

  it('is what it was last after a restart, while the file is broken', async () => {
    writeFileSync(file, textOf('Cart Viewed'))
    await vi.waitFor(async () => expect(await planned()).toBe('Cart Viewed'), 20_000)
    await engine.analysed()
    writeFileSync(file, 'nothing of a plan: [')
    writeFileSync(config, '{ "plan": 4 }')
    await engine.close()
    engine = await serveEngine({ data, config })
    expect(await planned()).toBe('Cart Viewed')
    expect((await plan()).file).toMatchObject({ path: file })
    expect((await engine.get<Status>('/status')).rejudging).toBeNull()
    expect(await isUnplanned()).toBe(true)
  })

  it('gives back the one that is kept when it is named no more', async () => {
    writeFileSync(config, '{}')
    await vi.waitFor(async () => expect((await plan()).file).toBeNull(), 20_000)
    expect(await plan()).toMatchObject({ plan: { name: 'Plan of Order Completed' } })
    expect(await isUnplanned()).toBe(false)
    await engine.api('PUT', '/plan', planOf('Invoice Sent'))
    expect(await isUnplanned()).toBe(true)
  })
})
