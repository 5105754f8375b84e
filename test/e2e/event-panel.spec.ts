import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import type { EventPage } from '../../shared/contract/schemas.ts'
import type { TracksideEvent } from '../../shared/event.ts'
import { tellStory } from '../fixtures/story/story.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const attack = '<img src=x onerror="document.title=1">'

async function eventsOf(trackside: Trackside, query: string): Promise<TracksideEvent[]> {
  await trackside.analysed()
  const { events } = await trackside.api<EventPage>(`/events?query=${encodeURIComponent(query)}`)
  return events
}

async function latestOf(trackside: Trackside, query: string): Promise<TracksideEvent> {
  const [event] = await eventsOf(trackside, query)
  if (event === undefined) throw new Error(`No event for ${query}`)
  return event
}

async function openEvent(trackside: Trackside, page: Page, query: string, rest = ''): Promise<Locator> {
  const { id } = await latestOf(trackside, query)
  await trackside.open(page, `/live?event=${id}${rest}`)
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('heading', { level: 2 })).toBeVisible()
  return panel
}

const tell = (trackside: Trackside): Promise<void> =>
  tellStory((path, body) => trackside.send(path, body), Date.now())

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

const row = (panel: Locator, name: string): Locator =>
  panel.getByRole('treeitem').filter({ has: panel.page().getByText(name, { exact: true }) })

test.describe('the event', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('says what is wrong with its name, and the name it should have had', async ({ page, trackside }) => {
    await tell(trackside)
    const panel = await openEvent(trackside, page, 'event:order_completed')
    await expect(panel.getByRole('heading', { level: 2 })).toContainText('order_completed')
    await expect(panel.getByRole('link', { name: 'Jane Cooper' }).first()).toHaveAttribute(
      'href',
      /\/users\/usr_42/,
    )
    await expect(panel.getByRole('link', { name: 'Acme, Inc.' }).first()).toHaveAttribute(
      'href',
      /\/accounts\/acme/,
    )
    const card = panel.getByRole('region', { name: /snake_case/ })
    await expect(card).toContainText('Order Completed')
    await card.getByRole('button', { name: 'Copy the name' }).click()
    expect(await clipboard(page)).toBe('Order Completed')
    await card.getByRole('link', { name: 'all with this problem' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('problem:naming/casing')
  })

  test('marks the number that was sent as text where it stands', async ({ page, trackside }) => {
    await tell(trackside)
    const panel = await openEvent(trackside, page, 'event:order_completed')
    const total = row(panel, 'total')
    await expect(total).toContainText('string · usually number')
    await total.getByText('"123.45"', { exact: true }).hover()
    await expect(page.getByRole('tooltip')).toContainText('a number written as text')
    await expect(row(panel, 'currency')).not.toContainText('written as text')
    await expect(row(panel, 'products')).toHaveAttribute('aria-expanded', 'true')
    await expect(panel).toContainText('{ sku: "B-042", price: 83.65 }')
  })

  test('gives the payload, a value and a path to the clipboard', async ({ page, trackside }) => {
    await trackside.send(
      '/v1/track',
      '{"writeKey":"web",  "userId":"u1","event":"Order Completed","properties":{"total amount":1.50}}',
    )
    const panel = await openEvent(trackside, page, '')
    await panel.getByRole('button', { name: 'Copy', exact: true }).click()
    expect(await clipboard(page)).toBe(
      '{"writeKey":"web",  "userId":"u1","event":"Order Completed","properties":{"total amount":1.50}}',
    )
    const total = row(panel, 'total amount')
    await total.hover()
    await total.getByRole('button', { name: 'Copy the path' }).click()
    expect(await clipboard(page)).toBe('properties["total amount"]')
    await total.getByRole('button', { name: 'Copy the value' }).click()
    expect(await clipboard(page)).toBe('1.5')
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
  })

  test('narrows the list by a value, and leaves one out', async ({ page, trackside }) => {
    await tell(trackside)
    const panel = await openEvent(trackside, page, 'event:order_completed', '&q=type:track')
    const query = (): string | null => new URL(page.url()).searchParams.get('q')
    await row(panel, 'currency').hover()
    await row(panel, 'currency').getByRole('button', { name: 'Filter by this value' }).click()
    await expect.poll(query).toBe('type:track properties.currency:USD')
    await row(panel, 'total').hover()
    await row(panel, 'total').getByRole('button', { name: 'Exclude this value' }).click()
    await expect.poll(query).toBe('type:track properties.currency:USD -properties.total:"123.45"')
    await expect(panel.getByRole('heading', { level: 2 })).toContainText('order_completed')
    await page.goBack()
    await expect.poll(query).toBe('type:track properties.currency:USD')
  })

  test('is sent again by the code for curl', async ({ page, trackside }) => {
    await trackside.send('/v1/track', {
      writeKey: 'we:b',
      userId: "o'hara",
      event: 'Order $(id) `Completed`',
      properties: { note: `it's "quoted" \\ $HOME\n${attack}`, '👍': [1, { deep: null }] },
      context: { groupId: 'acme' },
    })
    const panel = await openEvent(trackside, page, '', '&tab=code')
    await panel.getByRole('radio', { name: 'curl' }).click()
    await panel.getByRole('button', { name: 'Copy the code' }).click()
    const code = await clipboard(page)
    expect(code).toContain(trackside.address.capture)
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', code])
    expect(JSON.parse(stdout)).toEqual({ success: true })
    const [again, first] = await eventsOf(trackside, '')
    expect(again?.id).not.toBe(first?.id)
    for (const key of ['type', 'event', 'userId', 'accountId', 'source', 'properties', 'context'] as const) {
      expect(again?.[key], key).toEqual(first?.[key])
    }
    await page.reload()
    await expect(panel.getByRole('radio', { name: 'curl' })).toBeChecked()
  })

  test('shows what has changed since the one before', async ({ page, trackside }) => {
    await tell(trackside)
    const { id } = await latestOf(trackside, 'event:"Order Completed" properties.total:84')
    await trackside.open(page, `/live?event=${id}`)
    const panel = page.getByRole('complementary')
    await expect(panel.getByRole('heading', { level: 2 })).toBeVisible()
    await page.keyboard.press('d')
    const differences = panel.getByRole('list', { name: 'Differences' })
    await expect(differences.getByRole('listitem').filter({ hasText: 'properties.total' })).toHaveText(
      /changed.*83.*84/,
    )
    await expect(differences).not.toContainText('currency')
    await panel.getByText(/values are the same/).click()
    await expect(panel.getByText('properties.currency')).toBeVisible()
    await page.reload()
    await expect(differences).toContainText('properties.total')

    await panel.getByLabel('Number of the event to compare with').fill('1')
    await panel.getByRole('button', { name: 'Compare', exact: true }).last().click()
    await expect(differences.getByRole('listitem').filter({ hasText: 'properties.path' })).toContainText(
      'removed',
    )
    await expect.poll(() => new URL(page.url()).searchParams.get('compare')).toBe('1')
    await panel.getByRole('button', { name: 'Back to the event' }).click()
    await expect(panel.getByRole('tree')).toBeVisible()

    await page.keyboard.press('d')
    await panel.getByRole('button', { name: 'Close' }).click()
    await expect(panel).toBeHidden()
    await expect.poll(() => new URL(page.url()).searchParams.has('compare')).toBe(false)
  })

  test('that was rejected shows its body and what to do', async ({ page, trackside }) => {
    await trackside.send('/v1/track', '{broken')
    const panel = await openEvent(trackside, page, 'is:rejected')
    const why = panel.getByRole('region', { name: 'Why it was rejected' })
    await expect(why).toContainText('The body is not JSON')
    await expect(why).toContainText('Look at the raw body of this event')
    await expect(why).toContainText('BODY_NOT_JSON')
    await expect(panel.getByRole('region', { name: 'What was sent' })).toHaveText('{broken')
    await panel.getByRole('tab', { name: 'Request' }).click()
    await expect(panel.getByRole('table', { name: 'Headers' })).toContainText('application/json')
  })

  test('is text, whatever an SDK has sent', async ({ page, trackside }) => {
    await trackside.send('/v1/track', {
      writeKey: attack,
      userId: attack,
      event: attack,
      properties: { [attack]: attack, nested: { [attack]: [attack] } },
      context: { groupId: attack, library: { name: attack, version: attack }, [attack]: attack },
      integrations: { [attack]: { [attack]: attack } },
    })
    const panel = await openEvent(trackside, page, '')
    const title = await page.title()
    for (const tab of await panel.getByRole('tab').all()) {
      await tab.click()
      await expect(panel.getByRole('tabpanel')).not.toBeEmpty()
      await expect(panel.locator('img')).toHaveCount(0)
    }
    await panel.getByRole('tab', { name: 'Properties' }).click()
    await expect(panel.getByText(JSON.stringify(attack)).first()).toBeVisible()
    await page.keyboard.press('d')
    await expect(panel).toContainText('no earlier one')
    await expect(panel.locator('img')).toHaveCount(0)
    expect(await page.title()).toBe(title)
  })

  test('leads to its neighbours in the batch, and shows the request they came in', async ({
    page,
    trackside,
  }) => {
    const call = (event: string): object => ({ type: 'track', userId: 'u1', event, messageId: event })
    await trackside.send(
      '/v1/batch',
      { writeKey: 'api', batch: [call('Cart Viewed'), call('Order Completed'), call('Invoice Sent')] },
      { 'x-retry-count': '2', authorization: 'Basic c2VjcmV0Og==' },
    )
    const panel = await openEvent(trackside, page, 'event:"Order Completed"', '&tab=request')
    await expect(panel).toContainText('batch 2 of 3')
    const headers = panel.getByRole('table', { name: 'Headers' })
    await expect(headers).toContainText('Basic ***')
    await expect(headers).not.toContainText('c2VjcmV0')
    await expect(panel).toContainText('the SDK had tried before')
    await panel.getByRole('link', { name: 'Invoice Sent' }).click()
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Invoice Sent')
    await expect(panel.getByRole('tab', { name: 'Request' })).toHaveAttribute('aria-selected', 'true')
    await panel.getByRole('link', { name: 'Previous event of the batch' }).click()
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Order Completed')
  })

  test('says so when it has been deleted', async ({ page, trackside }) => {
    await trackside.send('/v1/track', { writeKey: 'web', userId: 'u1', event: 'Order Completed' })
    const panel = await openEvent(trackside, page, '')
    await trackside.api('/events?query=event:%22Order%20Completed%22', { method: 'DELETE' })
    await expect(panel).toContainText('This event is gone')
  })

  test('tells where it was replayed to, and what came back', async ({ page, trackside }) => {
    await trackside.send('/v1/track', { writeKey: 'web', userId: 'u1', event: 'Order Completed' })
    const { id } = await latestOf(trackside, '')
    const destination = await trackside.api<{ id: number }>('/destinations', {
      method: 'POST',
      body: { name: 'Staging', url: `${trackside.address.capture}/v1`, writeKey: 'k' },
    })
    await trackside.open(page, `/live?event=${id}&tab=replays`)
    const panel = page.getByRole('complementary')
    await expect(panel).toContainText('never sent anywhere')
    const { replay } = await trackside.api<{ replay: { id: number } }>('/replays', {
      method: 'POST',
      body: { query: `id:${id}`, destinationId: destination.id, start: true },
    })
    await expect(panel.getByRole('link', { name: 'Staging' })).toHaveAttribute('href', `/replay/${replay.id}`)
    await expect(panel).toContainText('sent · 200')
  })

  test('can be read and folded by keyboard', async ({ page, trackside }) => {
    await tell(trackside)
    const panel = await openEvent(trackside, page, 'event:order_completed')
    await row(panel, 'order_id').focus()
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown')
    const products = row(panel, 'products')
    await expect(products).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await expect(products).toHaveAttribute('aria-expanded', 'false')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(row(panel, '0')).toBeFocused()
    await page.keyboard.press('Home')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('properties.order_id:ord_8812')
    await panel.getByRole('tab', { name: 'Properties' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(panel.getByRole('tab', { name: 'Context' })).toHaveAttribute('aria-selected', 'true')
    await expect.poll(() => new URL(page.url()).searchParams.get('tab')).toBe('context')
    await page.keyboard.press('t')
    await expect(page).toHaveURL(/\/users\/usr_42/)
  })

  test('stays quick with ten thousand properties and five hundred levels', async ({ page, trackside }) => {
    let nested = '"bottom"'
    for (let level = 0; level < 490; level += 1) nested = `{"level":${nested}}`
    const keys = Array.from({ length: 10_000 }, (_, index) => `"key ${index}":${index}`).join(',')
    await trackside.send(
      '/v1/track',
      `{"writeKey":"web","userId":"u1","event":"Order Completed","properties":{"deep":${nested},${keys}}}`,
    )
    const panel = await openEvent(trackside, page, '')
    await expect(row(panel, 'key 198')).toBeVisible()
    await panel.getByRole('button', { name: 'Show 300 more of 9,801' }).click()
    await expect(row(panel, 'key 498'))
      .toBeFocused({ timeout: 1 })
      .catch(() => undefined)
    await expect(row(panel, 'key 499')).toHaveCount(0)
    for (const tab of ['Raw', 'Code', 'Request', 'Properties']) {
      const startedAt = Date.now()
      await panel.getByRole('tab', { name: tab }).click()
      await expect(panel.getByRole('tabpanel')).not.toBeEmpty()
      expect(Date.now() - startedAt, tab).toBeLessThan(3_000)
    }
  })

  for (const colorScheme of ['dark', 'light'] as const) {
    test(`can be used by everyone (${colorScheme})`, async ({ page, trackside }) => {
      test.slow()
      await page.emulateMedia({ colorScheme })
      await tell(trackside)
      await trackside.send('/v1/track', '{broken')
      await trackside.send('/v1/batch', {
        writeKey: 'api',
        batch: [
          {
            type: 'track',
            userId: 'null',
            event: 'user clicked 42',
            properties: { revenue: '1', value: 'x', n: 'true' },
          },
          { type: 'track', userId: 'u1', event: 'Cart Viewed', integrations: { All: false } },
        ],
      })
      const check = async (what: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze()
        expect(violations, what).toEqual([])
      }
      const order = await openEvent(trackside, page, 'event:order_completed')
      for (const tab of ['Context', 'Request', 'Code', 'Raw', 'Replays', 'Properties']) {
        await order.getByRole('tab', { name: tab }).click()
        await check(tab)
      }
      await row(order, 'total').focus()
      await check('a row in focus')
      await openEvent(trackside, page, 'event:"Cart Viewed" source:api', '&tab=integrations')
      await check('Integrations')
      await openEvent(trackside, page, 'event:"user clicked 42"')
      await check('many problems')
      await openEvent(trackside, page, 'is:rejected')
      await check('a rejected call')
      await openEvent(trackside, page, 'event:"Order Completed"', '&compare=previous')
      await expect(page.getByRole('list', { name: 'Differences' })).toBeVisible()
      await check('comparison')
    })
  }
})
