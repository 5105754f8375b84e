import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const track = (trackside: Trackside, event: string, properties: Record<string, unknown>): Promise<Response> =>
  trackside.send('/v1/track', {
    userId: 'usr_42',
    writeKey: 'web',
    event,
    properties,
    context: { groupId: 'acme' },
  })

async function shop(trackside: Trackside): Promise<void> {
  const sizes = ['small', 'large']
  for (let index = 0; index < 24; index += 1) {
    await track(trackside, 'Order Completed', {
      order_id: `o-${index}`,
      total: index + 0.5,
      size: sizes[index % 2],
      products: [{ sku: `sku-${index}`, price: 2.5 }],
      ...(index > 2 ? { coupon: 'SPRING' } : {}),
    })
  }
  await track(trackside, 'Cart Viewed', { items: 3 })
  await trackside.analysed()
}

const events = (page: Page): Locator => page.getByRole('listbox', { name: 'Planned events' })
const option = (page: Page, name: RegExp): Locator => events(page).getByRole('option', { name })
const editor = (page: Page): Locator => page.getByRole('complementary', { name: 'Planned event' })
const dialog = (page: Page): Locator => page.getByRole('dialog')
const axe = async (page: Page): Promise<void> => {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
}

test('is drawn up from what was captured, edited, broken by a call, and shows it', async ({
  page,
  trackside,
}) => {
  await shop(trackside)
  await trackside.open(page, '/catalog')
  await page.getByRole('link', { name: 'Plan', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No tracking plan yet' })).toBeVisible()
  await axe(page)
  await page.getByRole('button', { name: 'Draw one up from 2 captured names…' }).click()
  await expect(dialog(page).getByText('25 events looked at')).toBeVisible()
  await expect(dialog(page).getByText('Adds 2 events.')).toBeVisible()
  await expect(dialog(page).getByRole('list', { name: 'What is left out' })).toHaveCount(0)
  await expect(page.getByText('2 events added.')).toHaveCount(0)
  await axe(page)
  await dialog(page).getByRole('button', { name: 'Draw up' }).click()
  await expect(page.getByText('2 events added.', { exact: true })).toBeVisible()
  await expect(option(page, /^Order Completed/)).toContainText('24 events')
  await expect(option(page, /^Order Completed/)).toContainText('no problems')

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(editor(page).getByRole('textbox', { name: 'Name of the event' })).toHaveValue(
    'Order Completed',
  )
  await expect(editor(page).getByRole('combobox', { name: 'Type of total' })).toHaveValue('number')
  await expect(editor(page).getByRole('checkbox', { name: 'total is required' })).toBeChecked()
  await expect(editor(page).getByRole('checkbox', { name: 'coupon is required' })).not.toBeChecked()
  await expect(editor(page).getByRole('textbox', { name: 'Name of products[].sku' })).toBeVisible()
  await editor(page).getByRole('button', { name: 'More about size' }).click()
  await expect(editor(page).getByRole('textbox', { name: 'Permitted values' })).toHaveValue('large, small')
  await axe(page)

  // What was right becomes wrong, also in the past.
  await editor(page).getByRole('textbox', { name: 'Permitted values' }).fill('large, medium')
  await editor(page).getByRole('textbox', { name: 'Permitted values' }).press('Enter')
  await trackside.analysed()
  await expect(option(page, /^Order Completed/)).toContainText('12 problems')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(option(page, /^Order Completed/)).toContainText('no problems')
  await expect(editor(page).getByRole('textbox', { name: 'Permitted values' })).toHaveValue('large, small')

  await track(trackside, 'Order Completed', {
    order_id: 'o-99',
    total: '12.5',
    size: 'Large',
    products: [],
    cupon: 'X',
  })
  await track(trackside, 'Orders Completed', {})
  await expect(option(page, /^Order Completed/)).toContainText('3 problems')
  await editor(page).getByRole('link', { name: '3 problems with the plan' }).click()
  await expect(page.getByText('Property has another type than planned').first()).toBeVisible()
  await expect(page.getByText('Value is not one that the plan permits').first()).toBeVisible()
  await expect(page.getByText('Property is not in the tracking plan').first()).toBeVisible()
})

test('is drawn up for one of the names that look alike, and says which are left out and why', async ({
  page,
  trackside,
}) => {
  await shop(trackside)
  await track(trackside, 'order_completed', { total: 1 })
  await track(trackside, 'cart_viewed', { items: 1 })
  await track(trackside, 'Cart Viewed 88213', { items: 1 })
  await trackside.analysed()
  await trackside.open(page, '/catalog/plan')
  await page.getByRole('button', { name: /^Draw one up/ }).click()
  await expect(dialog(page).getByText('Adds 2 events.')).toBeVisible()
  await expect(dialog(page).getByText('Leaves out 3 names.')).toBeVisible()
  await expect(dialog(page).getByRole('list', { name: 'What is left out' }).getByRole('listitem')).toHaveText(
    [
      /order_completed.*1 event; looks like “Order Completed”, which has more events/,
      /cart_viewed.*1 event; looks like “Cart Viewed”, in which the rules find nothing wrong/,
      /Cart Viewed 88213.*The rules find an error in it/,
    ],
  )
  await axe(page)
  await dialog(page).getByRole('button', { name: 'Draw up' }).click()
  await expect(events(page).getByRole('option')).toHaveText([/^Cart Viewed/, /^Order Completed/])
})

test('leaves a name its room beside a panel in a small window', async ({ page, trackside }) => {
  const name = 'Product Added to Wishlist'
  await trackside.api('/plan', { method: 'PUT', body: { events: [{ name, schema: {} }] } })
  await page.setViewportSize({ width: 1024, height: 768 })
  await trackside.open(page, `/catalog/plan?name=${name.replaceAll(' ', '+')}`)
  await expect(editor(page)).toBeVisible()
  const cut = await option(page, /^Product Added/)
    .locator('.truncate')
    .evaluate((cell) => cell.scrollWidth - cell.clientWidth)
  expect(cut).toBe(0)
})

test('is edited property by property, and each change can be taken back', async ({ page, trackside }) => {
  await trackside.api('/plan', {
    method: 'PUT',
    body: { name: 'Shop', events: [{ name: 'Cart Viewed', schema: {} }] },
  })
  await trackside.open(page, '/catalog/plan?name=Cart+Viewed')
  const saved = async (): Promise<unknown> =>
    (await trackside.api<{ plan: { events: unknown[] } }>('/plan')).plan.events[0]
  await editor(page).getByRole('button', { name: 'Add a property' }).click()
  const name = editor(page).getByRole('textbox', { name: 'Name of new_property' })
  await name.fill('items')
  await name.press('Enter')
  await editor(page).getByRole('combobox', { name: 'Type of items' }).selectOption('object')
  await editor(page).getByRole('button', { name: 'Add a property inside items' }).click()
  await editor(page).getByRole('checkbox', { name: 'items is required' }).check()
  await expect.poll(saved).toEqual({
    name: 'Cart Viewed',
    description: '',
    schema: {
      type: 'object',
      properties: { items: { type: 'object', properties: { new_property: { type: 'string' } } } },
      required: ['items'],
    },
  })
  await editor(page).getByRole('textbox', { name: 'Description' }).fill('The cart was looked at')
  await editor(page).getByRole('textbox', { name: 'Description' }).blur()
  await editor(page).getByRole('button', { name: 'Remove items', exact: true }).click()
  await expect.poll(saved).toEqual({
    name: 'Cart Viewed',
    description: 'The cart was looked at',
    schema: { type: 'object' },
  })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(editor(page).getByRole('textbox', { name: 'Name of items.new_property' })).toBeVisible()

  await page.getByRole('button', { name: 'Add event…' }).click()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Cart Viewed')
  await dialog(page).getByRole('textbox', { name: 'Name' }).press('Enter')
  await expect(dialog(page).getByText('The plan has an event of that name.')).toBeVisible()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Signed Out')
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click()
  await expect(editor(page).getByRole('textbox', { name: 'Name of the event' })).toHaveValue('Signed Out')
  await editor(page).getByRole('button', { name: 'Remove from the plan' }).click()
  await expect(events(page).getByRole('option')).toHaveCount(1)
})

test('is imported with a look at what changes; a broken file says where', async ({ page, trackside }) => {
  await trackside.open(page, '/catalog/plan')
  await page.getByRole('button', { name: 'Import a plan…' }).click()
  const text = dialog(page).getByRole('textbox', { name: 'The plan as text' })
  await text.fill('{\n  "title": "Cart Viewed",\n  "properties": {\n    "total": { "type": "money" }\n  }\n}')
  await expect(dialog(page).getByRole('alert')).toContainText('line 4, column 24')
  await expect(dialog(page).getByRole('alert')).toContainText('expected string, number')
  await expect(dialog(page).getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await text.fill('{\n  "title": "Cart Viewed",\n  "properties": {\n    "total": { "multipleOf": 0 }\n  }\n}')
  await expect(dialog(page).getByRole('alert')).toContainText('The text, line 4, column 30')
  await expect(dialog(page).getByRole('alert')).toContainText('properties.total.multipleOf must be > 0')
  await expect(dialog(page).getByLabel('The line')).toHaveText('4 "total": { "multipleOf": 0 }')
  await text.fill('{ "title": "Cart Viewed", "properties": ')
  await expect(dialog(page).getByRole('alert')).toContainText('the text ends here, in the middle')
  await axe(page)

  const csv = 'Event,Property,Type,Required\nCart Viewed,total,number,yes\nSigned Out,,,\n'
  const file = { name: 'shop.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await dialog(page).locator('input[type=file]').setInputFiles(file)
  await expect(dialog(page).getByText('This is a table.')).toBeVisible()
  await expect(dialog(page).getByText('Adds 2 events.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('2 events added.', { exact: true })).toBeVisible()
  await expect(events(page).getByRole('option')).toHaveCount(2)

  await page.getByRole('button', { name: 'Import…' }).click()
  await text.fill('{ "title": "Cart Viewed", "properties": { "total": { "type": "integer" } } }')
  await expect(dialog(page).getByText('Changes 1 event, removes 1 event.')).toBeVisible()
  await dialog(page)
    .getByRole('checkbox', { name: /Keep the events/ })
    .check()
  await expect(dialog(page).getByText('Changes 1 event.', { exact: true })).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'TypeScript types', exact: true }).click()
  expect((await download).suggestedFilename()).toBe('tracking-plan.d.ts')
})

test('tells which planned events have not come since a moment', async ({ page, trackside }) => {
  await shop(trackside)
  const schema = { additionalProperties: true }
  const names = ['Order Completed', 'Cart Viewed', 'Signed Out']
  await trackside.api('/plan', { method: 'PUT', body: { events: names.map((name) => ({ name, schema })) } })
  await trackside.open(page, '/catalog/plan')
  await page.getByRole('radio', { name: /^Not seen/ }).click()
  await expect(events(page).getByRole('option')).toHaveText([/Signed Out/])
  await page.getByRole('combobox', { name: 'Seen since' }).selectOption('Seen from now on')
  await expect(events(page).getByRole('option')).toHaveCount(3)
  await track(trackside, 'Cart Viewed', {})
  await expect(events(page).getByRole('option')).toHaveCount(2)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Seen since' })).toHaveValue('now')
  await expect(events(page).getByRole('option')).toHaveText([/Order Completed/, /Signed Out/])
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`can be used by everyone in the ${colorScheme} theme`, async ({ page, trackside }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await shop(trackside)
    await trackside.api('/plan/draft', { method: 'POST', body: {} })
    await track(trackside, 'Order Completed', { order_id: 1 })
    await trackside.analysed()
    await trackside.open(page, '/catalog/plan?name=Order+Completed')
    await editor(page).getByRole('button', { name: 'More about size' }).click()
    await expect(option(page, /^Order Completed/)).toContainText('2 problems')
    await axe(page)
  })
}
