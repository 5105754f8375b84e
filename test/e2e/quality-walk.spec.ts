import { execFile } from 'node:child_process'
import { Analytics } from '@segment/analytics-node'
import type { Locator, Page } from '@playwright/test'
import type { ProblemPage } from '../../shared/contract/problems.ts'
import { stringified } from '../../shared/lint/metadata/stringified.ts'
import { casing } from '../../shared/lint/naming/casing.ts'
import { objectAction } from '../../shared/lint/naming/object-action.ts'
import { missingProperty } from '../../shared/lint/plan/missing-property.ts'
import { unplannedEvent } from '../../shared/lint/plan/unplanned-event.ts'
import { wrongType } from '../../shared/lint/plan/wrong-type.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

// From a team's first bad calls to a tracking plan that is kept to: one person, one page, one SDK.

const context = { groupId: 'acme' }
const userId = 'usr_42'

/** So many that judging them anew takes a while, and the page has something to tell meanwhile. */
const pastCalls = 6000
const callsPerBatch = 1000

/** What the app has sent all along, and what is right. */
async function sendPast(trackside: Trackside): Promise<void> {
  for (let start = 0; start < pastCalls; start += callsPerBatch) {
    const batch = Array.from({ length: callsPerBatch }, (_, index) => ({
      type: 'track',
      event: 'Report Exported',
      userId,
      messageId: `report-${start + index}`,
      properties: { format: 'csv', rows: start + index },
      context,
    }))
    expect((await trackside.send('/v1/batch', { writeKey: 'api', batch })).status).toBe(200)
  }
}

/** A real SDK, which hands over what it was told before it is asked for the next. */
class App {
  readonly #analytics: Analytics

  constructor(host: string) {
    this.#analytics = new Analytics({ writeKey: 'api', host })
  }

  async describePeople(): Promise<void> {
    this.#analytics.identify({ userId, traits: { name: 'Jane Cooper' } })
    this.#analytics.group({ userId, groupId: 'acme', traits: { name: 'Acme, Inc.' } })
    await this.#analytics.flush()
  }

  async track(event: string, ...properties: Record<string, unknown>[]): Promise<void> {
    for (const one of properties) this.#analytics.track({ userId, event, properties: one, context })
    await this.#analytics.flush()
  }

  async close(): Promise<void> {
    await this.#analytics.closeAndFlush()
  }
}

/** The findings of all that was captured, as “rule at name: how many events”, once it is judged. */
async function findings(trackside: Trackside): Promise<string[]> {
  await trackside.analysed()
  const { problems } = await trackside.api<ProblemPage>('/problems')
  return problems.map(({ rule, name, events }) => `${rule} at ${name}: ${events}`).sort()
}

const go = (page: Page, place: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: place }).click()
const problem = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('link', { name, exact: true })
const rules = (page: Page): Locator => page.getByRole('region', { name: 'Rules', exact: true })
const severity = (page: Page): Locator => rules(page).getByLabel(`Severity: ${casing.title}`)

test('a team finds its bad calls, agrees on rules, draws up a plan, and sees where it is broken', async ({
  page,
  context: browser,
  trackside,
}) => {
  await browser.grantPermissions(['clipboard-read', 'clipboard-write'])
  await trackside.open(page, '/live')
  const app = new App(trackside.address.capture)
  await app.describePeople()
  await sendPast(trackside)

  const atFirst = [
    `${casing.id} at cart_viewed: 2`,
    `${objectAction.id} at Send Invoice: 1`,
    `${stringified.id} at Send Invoice: 1`,
  ].sort()

  await test.step('Live marks bad calls as they come', async () => {
    await app.track(
      'Order Completed',
      ...Array.from({ length: 12 }, (_, index) => ({
        order_id: `ord_${index}`,
        total: index + 0.5,
        currency: 'EUR',
      })),
    )
    await app.track('cart_viewed', { cart_id: 'c_1', items: 2 }, { cart_id: 'c_2', items: 1 })
    await app.track('Send Invoice', { total_amount: '123.45' })
    const rows = page.getByRole('listbox', { name: 'Events' }).getByRole('option')
    await expect(rows.first()).toContainText('Send Invoice')
    await expect(rows.first()).toContainText('2 warnings')
    await expect(rows.filter({ hasText: 'cart_viewed' }).first()).toContainText('1 warning')
    await expect(rows.filter({ hasText: 'Order Completed' }).first()).not.toContainText(
      /warning|error|remark/,
    )
    expect(await findings(trackside)).toEqual(atFirst)
  })

  await test.step('Problems has the better name, ready to be pasted', async () => {
    await go(page, 'Problems')
    // Two of its findings are listed; the one with the better name is about the name.
    await page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: 'Invoice Sent' })
      .getByRole('link', { name: 'Send Invoice', exact: true })
      .click()
    const beside = page.getByRole('complementary', { name: 'Problem' })
    await beside.getByRole('button', { name: 'Copy the name' }).click()
    await expect(page.getByText('Copied the name.', { exact: true })).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Invoice Sent')
    await app.track(await page.evaluate(() => navigator.clipboard.readText()), { total_amount: 123.45 })
    expect(await findings(trackside)).toEqual(atFirst)
  })

  await test.step('a rule is switched off where its documentation is: the past is judged anew, and anew with undo', async () => {
    await problem(page, 'cart_viewed').click()
    const beside = page.getByRole('complementary', { name: 'Problem' })
    await beside.getByRole('link', { name: casing.id, exact: true }).click()
    await expect(severity(page)).toBeInViewport()
    const progress = page.getByRole('progressbar', { name: 'Past events judged anew' }).first().waitFor()
    await severity(page).selectOption('Off')
    await progress
    // Under the pointer the toast stays.
    await page.getByRole('button', { name: 'Undo' }).hover()
    const withoutCasing = atFirst.filter((finding) => !finding.startsWith(casing.id))
    await expect.poll(() => findings(trackside)).toEqual(withoutCasing)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(severity(page)).toHaveValue(casing.severity)
    await expect.poll(() => findings(trackside)).toEqual(atFirst)
    await go(page, 'Problems')
    await expect(problem(page, 'cart_viewed')).toBeVisible()
    await expect(page.getByText('3 problems in')).toBeVisible()
  })

  await test.step('a plan is drawn up from what came', async () => {
    await go(page, 'Catalog')
    await page.getByRole('link', { name: 'Plan', exact: true }).click()
    await page.getByRole('button', { name: 'Draw one up from 5 captured names…' }).click()
    await page.getByRole('dialog').getByText('Adds 5 events.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Draw up' }).click()
    const planned = page.getByRole('listbox', { name: 'Planned events' }).getByRole('option')
    await expect(planned.filter({ hasText: 'Order Completed' })).toContainText('no problems')
    await expect.poll(() => findings(trackside)).toEqual(atFirst)
  })

  await test.step('a call that does not keep to it is found, with what it should have been', async () => {
    await app.track('Order Completed', { order_id: 'ord_98', currency: 'EUR' })
    await app.track('Order Completed', { order_id: 'ord_99', total: 'free', currency: 'EUR' })
    await app.track('Order Refunded', { order_id: 'ord_99', total: 1.5, currency: 'EUR' })
    await app.close()
    await go(page, 'Problems')
    for (const { title } of [missingProperty, wrongType, unplannedEvent])
      await expect(page.getByRole('main').getByText(title).first()).toBeVisible()
    await expect(problem(page, 'Order Refunded')).toBeVisible()
    expect((await findings(trackside)).filter((finding) => finding.startsWith('plan/'))).toEqual([
      `${missingProperty.id} at Order Completed: 1`,
      `${unplannedEvent.id} at Order Refunded: 1`,
      `${wrongType.id} at Order Completed: 1`,
    ])
  })

  await test.step('the check for CI fails, and says at which events', async () => {
    const { exitCode, output } = await check(trackside)
    expect(exitCode).toBe(1)
    for (const { id } of [missingProperty, wrongType, unplannedEvent]) expect(output).toContain(id)
    expect(output).toContain('Order Refunded')
  })
})

/** `trackside check` of a running engine, as CI runs it. */
function check({
  address,
}: Trackside): Promise<{ exitCode: number | string | undefined | null; output: string }> {
  const command = ['dist/electron/cli/main.js', 'check', '--url', address.app, '--token', address.token]
  return new Promise((resolve) => {
    execFile(process.execPath, command, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : error.code, output: stdout + stderr }),
    )
  })
}
