import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { tellStory } from '../fixtures/story/story.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const tell = async (trackside: Trackside): Promise<void> => {
  await tellStory((path, body) => trackside.send(path, body), Date.now())
  await trackside.analysed()
}
const track = (
  trackside: Trackside,
  event: string,
  properties: Record<string, unknown> = { step: 1 },
): Promise<Response> =>
  trackside.send('/v1/track', {
    userId: 'usr_42',
    writeKey: 'web',
    event,
    properties,
    context: { groupId: 'acme' },
  })

const names = (page: Page): Locator => page.getByRole('listbox', { name: 'Event names' })
const option = (page: Page, name: string | RegExp): Locator => names(page).getByRole('option', { name })
const beside = (page: Page): Locator => page.getByRole('complementary', { name: 'Name' })
const verdict = (page: Page): Locator => page.getByRole('status', { name: 'Verdict on the name' })
const checker = (page: Page): Locator => page.getByRole('textbox', { name: 'Check a name' })
const query = (page: Page, key: string): string | null => new URL(page.url()).searchParams.get(key)

test('lists every name with how often it came, and puts the better name beside a bad one', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  await trackside.open(page, '/catalog')
  await expect(page.getByText('15 names', { exact: true })).toBeVisible()
  await expect(names(page).getByRole('option').first()).toContainText('Report Exported')
  await expect(option(page, /^Report Exported/)).toContainText('9 events')
  await expect(option(page, /^Report Exported/)).toContainText('web, api-node')
  await expect(option(page, /order_completed/)).toContainText('Order Completed')
  await expect(option(page, /order_completed/)).toContainText('warning')
  await expect(option(page, /Event 12/)).toContainText('error')

  const order = page.getByRole('combobox', { name: 'Order of the names' })
  await order.selectOption('A to Z')
  await expect(names(page).getByRole('option').first()).toContainText('API Key Rotated')
  await order.selectOption('Last seen')
  await expect(names(page).getByRole('option').first()).toContainText('Report Exported')
  await expect(names(page).getByRole('option').nth(1)).toContainText('Invoice Sent')
  await page.reload()
  await expect(order).toHaveValue('lastSeen')
  await expect(names(page).getByRole('option').nth(1)).toContainText('Invoice Sent')
})

test('finds a name, and says so when there is none', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/catalog')
  await expect(option(page, /^Report Exported/)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('invoice')
  await expect(names(page).getByRole('option')).toHaveCount(2)
  await expect.poll(() => query(page, 'search')).toBe('invoice')
  await page.keyboard.type(' zzz')
  await expect(page.getByRole('heading', { name: 'No name like that' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('15 names', { exact: true })).toBeVisible()
})

test('shows of a name its properties, how often each is there and of which types', async ({
  page,
  trackside,
}) => {
  for (const total of [1, 2, 3, '4']) await track(trackside, 'Cart Viewed', { total, items: [{ sku: 'a' }] })
  await track(trackside, 'Cart Viewed', { total: 5 })
  await track(trackside, 'Cart Viewed', { coupon: null })
  await trackside.analysed()
  await trackside.open(page, '/catalog?name=Cart+Viewed')
  const cells = (path: string): Locator =>
    beside(page)
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: path, exact: true }) })
      .getByRole('cell')
  // Four numbers and a text, in five of six events.
  await expect(cells('total')).toHaveText([/^number\s80 %\s· string\s20 %$/, '83 %', /\d|"4"/])
  await expect(cells('items')).toHaveText(['array', '67 %', '1 item'])
  await expect(cells('items[].sku')).toHaveText(['string', '67 %', '"a"'])
  await expect(cells('coupon')).toHaveText(['null', '17 %', 'null'])
  await expect(beside(page)).toContainText('6 events')
  await expect(beside(page)).toContainText('No rule has anything against the name')
})

test('opens by keyboard, then one of the latest events, and comes back', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/catalog')
  await expect(option(page, /^Report Exported/)).toBeVisible()
  await page.keyboard.press('j')
  await expect(beside(page).getByRole('heading', { name: 'Report Exported' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(beside(page).getByRole('heading', { name: 'Cart Viewed' })).toBeVisible()
  expect(query(page, 'name')).toBe('Cart Viewed')
  const events = beside(page).getByRole('link', { name: /Esther Howard|Leslie Alexander/ })
  await expect(events).toHaveCount(5)
  await events.first().click()
  const event = page.getByRole('complementary', { name: 'Event' })
  await expect(event.getByRole('heading', { name: /^Cart Viewed/ })).toBeVisible()
  await page.goBack()
  await expect(beside(page).getByRole('heading', { name: 'Cart Viewed' })).toBeVisible()
  await expect(beside(page).getByRole('link', { name: 'Show in Live' })).toHaveAttribute(
    'href',
    /^\/live\?q=event:(%22|")Cart(\+|%20)Viewed(%22|")$/,
  )
  await page.keyboard.press('Escape')
  await expect(beside(page)).toBeHidden()
})

test('judges a name as it is typed', async ({ page, context, trackside }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await trackside.open(page, '/catalog')
  await expect(page.getByRole('heading', { name: 'No names yet' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(checker(page)).toBeFocused()
  await page.keyboard.type('user_signed_up')
  await expect(verdict(page)).toContainText('snake_case')
  await expect(verdict(page)).toContainText('User Signed Up')
  await verdict(page).getByRole('button', { name: 'Copy the name' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('User Signed Up')
  await checker(page).fill('Viewing Product')
  await expect(verdict(page)).toContainText('Product Viewed')
  await expect.poll(() => query(page, 'check')).toBe('Viewing Product')
  await page.reload()
  await expect(checker(page)).toHaveValue('Viewing Product')
  await expect(verdict(page)).toContainText('Product Viewed')
  await checker(page).fill('Invoice Sent')
  await expect(verdict(page)).toHaveText('Invoice Sent: no rule has anything against it.')
  await checker(page).press('Escape')
  await expect(verdict(page)).toHaveText('')
  await expect.poll(() => query(page, 'check')).toBeNull()
})

test('is told by a link what to check, and knows the names that are in use', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/catalog?check=Orders+Completed')
  await expect(checker(page)).toHaveValue('Orders Completed')
  await expect(verdict(page)).toContainText('is almost “Order Completed”, which is in use')
})

test('counts on while the page is open', async ({ page, trackside }) => {
  await trackside.open(page, '/catalog?name=Invoice+Sent')
  await expect(page.getByRole('alert')).toContainText('“Invoice Sent”')
  await track(trackside, 'Invoice Sent', { total: 1 })
  await expect(option(page, /^Invoice Sent/)).toContainText('1 event')
  await expect(beside(page)).toContainText('1 event')
  await track(trackside, 'Invoice Sent', { total: 'one' })
  await expect(option(page, /^Invoice Sent/)).toContainText('2 events')
  await expect(beside(page).getByRole('cell', { name: 'number 50 % · string 50 %' })).toBeVisible()
  await trackside.api('/events?query=', { method: 'DELETE' })
  await expect(page.getByRole('heading', { name: 'No names yet' })).toBeVisible()
})

test('shows hostile names as text, and every one of them again after a reload', async ({
  page,
  trackside,
}) => {
  const hostile: [name: string, shown: string][] = [
    ['<img src=x onerror="document.title=1">', '<img src=x onerror="document.title=1">'],
    ['<b>very</b> long '.repeat(6000), '<b>very</b> long <b>very</b> long'],
    [`${'<b>very</b> long '.repeat(6000)}too`, '<b>very</b> long <b>very</b> long'],
    ['\u202eInvoice\u0000 Sent', '⟨U+202e⟩Invoice␀ Sent'],
    ['تم_دفع_الفاتورة', 'تم_دفع_الفاتورة'],
    ['🚀🚀🚀', '🚀🚀🚀'],
    [' Invoice  Sent ', '␣Invoice␣␣Sent␣'],
  ]
  for (const [name] of hostile) {
    await track(trackside, name, { [name.slice(0, 200)]: name })
    await track(trackside, name)
  }
  await trackside.analysed()
  await trackside.open(page, '/catalog?order=lastSeen')
  await expect(names(page).getByRole('option')).toHaveCount(hostile.length)
  await expect(page.locator('main img, main b')).toHaveCount(0)
  const addresses = new Set<string>()
  for (const [, shown] of hostile.toReversed()) {
    await page.keyboard.press('j')
    await expect(beside(page).getByRole('heading', { level: 2 })).toContainText(shown)
    await expect(beside(page)).toContainText('2 events')
    await expect(beside(page).getByRole('link', { name: /usr_42/ })).toHaveCount(2)
    expect(page.url().length).toBeLessThan(2000)
    addresses.add(page.url())
  }
  expect(addresses.size).toBe(hostile.length)
  for (const address of addresses) {
    await page.goto(address)
    await expect(beside(page)).toContainText('2 events')
    await expect(beside(page).getByRole('link', { name: /usr_42/ })).toHaveCount(2)
  }
  expect(await page.title()).toBe('Catalog · Trackside')
})

test('leads from a drifted property to the event where it began', async ({ page, trackside }) => {
  for (const total of [1, 2, '3', 4]) await track(trackside, 'Cart Viewed', { total, plan: 'pro' })
  await trackside.analysed()
  await trackside.open(page, '/catalog?name=Cart+Viewed')
  const total = beside(page).getByRole('button', { name: 'total', exact: true })
  await total.focus()
  await page.keyboard.press('Enter')
  await expect(total).toHaveAttribute('aria-expanded', 'true')
  const text = beside(page)
    .getByRole('list', { name: 'Types' })
    .getByRole('listitem')
    .filter({ hasText: /^string/ })
  await expect(text).toContainText('1 event')
  await text.getByRole('link').first().click()
  const event = page.getByRole('complementary', { name: 'Event' })
  await expect(event).toContainText('"3"')
  await event.getByRole('button', { name: 'Back to the name' }).click()
  await beside(page).getByRole('button', { name: 'plan', exact: true }).click()
  await expect(beside(page).getByRole('list', { name: 'Values' })).toHaveText('"pro"4100 %')
})

test('shows which of several look-alikes to keep, and all of their events at once', async ({
  page,
  context,
  trackside,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  for (const name of ['order_completed', 'order_completed', 'Order Completed', 'Invoice Sent'])
    await track(trackside, name, { revenue: 1, currency: 'EUR' })
  await trackside.analysed()
  await trackside.open(page, '/catalog')
  await expect(option(page, /order_completed/)).toContainText(
    'Looks like 1 other name. Keep “Order Completed”.',
  )
  await page.getByRole('button', { name: 'Look-alikes' }).click()
  await expect(names(page).getByRole('option')).toHaveCount(2)
  await expect(page.getByText('2 names', { exact: true })).toBeVisible()
  await page.reload()
  await expect(names(page).getByRole('option')).toHaveCount(2)
  await page.keyboard.press('j')
  const alike = beside(page).getByRole('region', { name: 'Look-alikes' })
  await expect(alike.getByRole('listitem').filter({ hasText: 'keep' })).toContainText('Order Completed')
  await alike.getByRole('button', { name: 'Copy the one to keep' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Order Completed')
  await alike.getByRole('link', { name: 'Show all in Live' }).click()
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(3)
})

test('narrows the list by source and by problems, and says when nothing is left', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  await trackside.open(page, '/catalog')
  await expect(page.getByText('15 names', { exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Source' }).selectOption('api-node')
  await expect.poll(() => query(page, 'source')).toBe('api-node')
  await expect(names(page).getByRole('option').first()).toContainText('api-node')
  await page.getByRole('button', { name: 'With problems' }).click()
  await expect(option(page, /no problems/)).toHaveCount(0)
  await page.goto(page.url().replace('source=api-node', 'source=nobody'))
  await expect(page.getByRole('heading', { name: 'No name like that' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all names' }).click()
  await expect(page.getByText('15 names', { exact: true })).toBeVisible()
})

test('takes a suggestion over into the field, and shows the name that one looks like', async ({
  page,
  trackside,
}) => {
  await track(trackside, 'Invoice Sent')
  await trackside.analysed()
  await trackside.open(page, '/catalog?check=send_invoices')
  await verdict(page).getByRole('button', { name: 'Check that one' }).click()
  await expect(checker(page)).toHaveValue('Invoices Sent')
  await expect(verdict(page)).toContainText('is almost “Invoice Sent”')
  await verdict(page).getByRole('link', { name: 'Look at it' }).click()
  await expect(beside(page).getByRole('heading', { name: 'Invoice Sent', level: 2 })).toBeVisible()
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`has no accessibility mistakes that axe finds, ${colorScheme}`, async ({ page, trackside }) => {
    await tell(trackside)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of [
      '/catalog?check=user_signed_up',
      '/catalog?name=order_completed&check=Invoice+Sent',
    ]) {
      await trackside.open(page, path)
      await expect(verdict(page)).not.toHaveText('')
      await expect(option(page, /order_completed/)).toBeAttached()
      if (path.includes('name=')) {
        await expect(beside(page).getByRole('link', { name: /Jane/ })).toBeVisible()
        const closed = beside(page).getByRole('button', { expanded: false })
        for (let left = await closed.count(); left > 0; left -= 1) await closed.first().click()
      }
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    }
  })
}

test('can be used in a narrow window and at twice the size', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/catalog?name=order_completed')
  for (const size of [
    { width: 1024, height: 700 },
    { width: 720, height: 450 },
  ]) {
    await page.setViewportSize(size)
    await expect(beside(page).getByRole('button', { name: 'Copy the name' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width)
    await expect(checker(page)).toBeInViewport({ ratio: 1 })
    await expect(option(page, /^Report Exported/)).toBeInViewport()
  }
})
