import { randomUUID } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { story, tellStory } from '../fixtures/story/story.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const tell = async (trackside: Trackside): Promise<void> => {
  await tellStory((path, body) => trackside.send(path, body), Date.now())
  await trackside.analysed()
}
const track = (
  trackside: Trackside,
  event: unknown,
  fields: Record<string, unknown> = {},
): Promise<Response> =>
  trackside.send('/v1/track', {
    messageId: randomUUID(),
    userId: 'usr_42',
    writeKey: 'web',
    event,
    properties: { step: 1 },
    context: { groupId: 'acme' },
    ...fields,
  })

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Problem' })
const chosen = (page: Page): Locator => page.locator('main [aria-current="true"]')
/** The rows of the list are what can be followed there; the panel and the lesson have lists of their own. */
const row = (page: Page, text: string): Locator =>
  page.locator('main li', { has: page.locator('[href^="/problems?"]') }).filter({ hasText: text })
const query = (page: Page, key: string): string | null => new URL(page.url()).searchParams.get(key)

test('says how many problems there are, and lists the worst first', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/problems')
  await expect(page.getByText(`5 problems in ${story.length} events: 1 error, 4 warnings`)).toBeVisible()
  const rules = page.getByRole('main').getByRole('heading', { level: 2 })
  await expect(rules.first()).toContainText('Name says nothing')
  await expect(rules).toHaveCount(5)
  await expect(row(page, 'Send Invoice')).toContainText('Invoice Sent')
  await expect(row(page, 'Event 12')).toContainText('does not say what happened')

  await page.getByRole('radio', { name: 'By name' }).click()
  await expect(rules).toHaveCount(4)
  await expect(rules.first()).toContainText('Event 12')
  await expect(rules.nth(1)).toContainText('order_completed')
  await expect(rules.nth(1)).toContainText('2 problems')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'By name' })).toBeChecked()
})

test('says how good the events are, by a formula that it shows', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/problems')
  // Send Invoice, Coupon Applied and order_completed have a warning, Event 12 an error.
  const clean = story.length - 4
  const score = Math.floor((100 * (clean + 3 / 2)) / story.length)
  const quality = page.getByRole('button', { name: new RegExp(`^Quality ${score} of 100`) })
  await expect(quality).toBeVisible()
  await quality.click()
  await expect(
    page.getByText(`${clean} of ${story.length} events have neither error nor warning`),
  ).toBeVisible()
  await expect(page.getByText(`(${clean} + ½ × 3) ÷ ${story.length}`)).toBeVisible()

  // From now on: what was is another session.
  await page.getByRole('combobox', { name: 'Session' }).selectOption('From now on')
  await expect(page.getByRole('heading', { name: 'No problem like that' })).toBeVisible()
  await expect(page.getByText('No problems in 0 events')).toBeVisible()
  await track(trackside, 'invoicePaid')
  await expect(row(page, 'invoicePaid')).toBeVisible()
  await expect(page.getByText('1 problem in 1 event: 1 warning')).toBeVisible()
  await page.reload()
  await expect(row(page, 'invoicePaid')).toBeVisible()
  await expect(row(page, 'Event 12')).toBeHidden()
  await page.getByRole('combobox', { name: 'Session' }).selectOption('All time')
  await expect(row(page, 'Event 12')).toBeVisible()
})

test('groups problems by source, and narrows them to one', async ({ page, trackside }) => {
  await tell(trackside)
  await track(trackside, 'Send Invoice')
  await trackside.analysed()
  await trackside.open(page, '/problems')
  const order = row(page, 'reads like an order')
  await expect(order).toHaveCount(1)
  await page.getByRole('radio', { name: 'By source' }).click()
  // The panel beside has a heading of its own.
  const sources = page.locator('.list').getByRole('heading', { level: 2 })
  await expect(sources).toHaveText([/^web/, /^api-node/])
  await expect(order).toHaveCount(2)
  await order.last().getByRole('link').click()
  await expect(panel(page)).toContainText('from api-node')
  expect(query(page, 'of')).toBe('api-node')
  await page.reload()
  await expect(panel(page)).toContainText('from api-node')
  await page.getByRole('combobox', { name: 'Source' }).selectOption('api-node')
  await expect(sources).toHaveText([/^api-node/])
  expect(query(page, 'source')).toBe('api-node')
  await expect(page.getByText(/^1 problem in 9 events: 1 warning$/)).toBeVisible()
})

test('mutes a rule at a name at once, with a way back, and says where that is kept', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  await trackside.open(page, '/problems?rule=naming%2Fobject-action&name=Send+Invoice')
  await panel(page).getByRole('button', { name: 'Mute at this name' }).click()
  await expect(row(page, 'Send Invoice')).toBeHidden()
  await expect(panel(page)).toBeHidden()
  await expect(row(page, 'Event 12')).toBeVisible()
  const muted = page.getByRole('link', { name: '1 name muted' })
  await expect(muted).toHaveAttribute('href', '/settings#rules')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(page, 'Send Invoice')).toBeVisible()
  await expect(muted).toBeHidden()

  await panel(page).getByRole('combobox', { name: 'Where' }).selectOption('at every name')
  await panel(page).getByRole('combobox', { name: 'Severity' }).selectOption('error')
  await expect(row(page, 'Send Invoice').getByText('error', { exact: true })).toBeAttached()
  await expect(page.getByRole('radio', { name: 'Errors 2' })).toBeVisible()
  await panel(page).getByRole('button', { name: 'Mute all rules at this name' }).click()
  await expect(row(page, 'Send Invoice')).toBeHidden()
  await muted.click()
  await page.getByRole('button', { name: 'Unmute Send Invoice' }).click()
  await page.goBack()
  await expect(row(page, 'Send Invoice')).toBeVisible()
})

test('opens the latest example with Enter, and marks the problem where it is', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  await trackside.open(page, '/problems?rule=metadata%2Fstringified&name=order_completed')
  await expect(panel(page).getByRole('link', { name: /^latest example: #/ })).toBeVisible()
  await page.keyboard.press('Enter')
  const event = page.getByRole('complementary', { name: 'Event' })
  await expect(event.locator('.marked').filter({ hasText: '"123.45"' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeVisible()
})

test('leads from a finding to the better name on the clipboard, and says how to fix it', async ({
  page,
  context,
  trackside,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await tell(trackside)
  await trackside.open(page, '/problems')
  await page.getByRole('link', { name: 'Send Invoice' }).click()
  const beside = panel(page)
  await expect(beside.getByRole('heading', { name: 'Send Invoice', exact: true })).toBeVisible()
  await expect(beside).toContainText('reads like an order to do it')
  await expect(beside).toContainText('say what happened to what')
  await beside.getByRole('button', { name: 'Copy the name' }).click()
  await expect(page.getByText('Copied the name.', { exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Invoice Sent')
  const steps = beside.getByRole('region', { name: 'How to fix it' })
  await expect(steps).toContainText('Search the code behind api-node for Send Invoice')
  await expect(steps).toContainText('Write Invoice Sent instead')
  const rule = beside.getByRole('region', { name: /About the rule/ })
  await expect(rule).toContainText('a noun and a past-tense verb')
  await expect(rule.getByRole('figure', { name: 'Leaves alone' })).toContainText('"event": "Invoice Sent"')

  // Straight from the list, without opening anything.
  await page.getByRole('button', { name: 'Copy “Order Completed”' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Order Completed')
  await expect(chosen(page)).toHaveText('Send Invoice')
})

test('shows the value that is wrong beside the one that is right', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/problems?rule=metadata%2Fstringified&name=order_completed')
  const card = panel(page).getByRole('region', { name: /is a number written as text/ })
  await expect(card.locator('s')).toHaveText('"123.45"')
  await expect(card).toContainText('at properties.total')
  await expect(panel(page)).toContainText('Send 123.45 as properties.total')
})

test('walks through the problems by keyboard, and holds the one beside in the address', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  await trackside.open(page, '/problems')
  await expect(row(page, 'Event 12')).toBeVisible()
  await page.keyboard.press(']')
  await expect(chosen(page)).toHaveText('Event 12')
  await expect(chosen(page)).toBeFocused()
  expect(query(page, 'rule')).toBe('naming/nondescript')
  await page.keyboard.press('j')
  await expect(chosen(page)).not.toHaveText('Event 12')
  const second = await chosen(page).innerText()
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  // The last one: there is nothing behind it.
  await page.keyboard.press(']')
  const last = await chosen(page).innerText()
  for (const key of ['[', 'k', 'ArrowUp']) await page.keyboard.press(key)
  await expect(chosen(page)).toHaveText(second)
  expect(last).not.toBe(second)
  await page.reload()
  await expect(chosen(page)).toHaveText(second)
  await expect(panel(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  expect(query(page, 'rule')).toBeNull()
})

test('narrows by severity and by query, each in the address', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/problems')
  await page.getByRole('radio', { name: 'Errors 1' }).click()
  await expect(row(page, 'Event 12')).toBeVisible()
  await expect(row(page, 'Send Invoice')).toBeHidden()
  expect(query(page, 'severity')).toBe('error')
  await page.getByRole('radio', { name: 'Remarks 0' }).click()
  await expect(page.getByRole('heading', { name: 'No problem like that' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all problems' }).click()
  await expect(row(page, 'Send Invoice')).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type('source:api-node')
  await page.keyboard.press('Enter')
  await expect(row(page, 'Event 12')).toBeHidden()
  await expect(row(page, 'Send Invoice')).toBeVisible()
  await expect(page.getByText(/^1 problem in 9 events: 1 warning$/)).toBeVisible()
  expect(query(page, 'q')).toBe('source:api-node')
  await page.goBack()
  await expect(row(page, 'Event 12')).toBeVisible()
  await page.goForward()
  await page.reload()
  await expect(row(page, 'Send Invoice')).toBeVisible()
  await expect(row(page, 'Event 12')).toBeHidden()

  await page.goto(trackside.url('/problems?q=severity:awful'))
  await expect(page.getByRole('alert')).toContainText('awful')
})

test('opens an event of the group in the same place, with a way back', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/problems?rule=naming%2Fobject-action&name=Send+Invoice')
  await panel(page)
    .getByRole('link', { name: /Marvin Bell/ })
    .click()
  const event = page.getByRole('complementary', { name: 'Event' })
  await expect(event.getByRole('heading', { name: /^Send Invoice/ })).toBeVisible()
  expect(query(page, 'event')).toMatch(/^\d+$/)
  await event.getByRole('button', { name: 'Back to the problem' }).click()
  await expect(panel(page).getByRole('heading', { name: 'Send Invoice', exact: true })).toBeVisible()

  const all = panel(page).getByRole('link', { name: 'Show all in Live' })
  const target = new URL(String(await all.getAttribute('href')), page.url())
  expect(target.pathname).toBe('/live')
  expect(target.searchParams.get('q')).toBe('problem:naming/object-action event:"Send Invoice"')
  await expect(panel(page).getByRole('link', { name: 'Replay these' })).toHaveAttribute(
    'href',
    `/replay/new${target.search}`,
  )
})

test('shows a problem that arises while the page is open, and that the count grows', async ({
  page,
  trackside,
}) => {
  await trackside.open(page, '/problems')
  await expect(page.getByRole('heading', { name: 'Nothing has been captured yet' })).toBeVisible()
  // Of nobody that would have to be introduced first.
  const visitor = { userId: undefined, anonymousId: 'a1', context: {} }
  await track(trackside, 'Invoice Sent', visitor)
  await expect(page.getByRole('heading', { name: 'Nothing to correct' })).toBeVisible()
  await expect(page.getByText('No problems in 1 event')).toBeVisible()
  await track(trackside, 'invoicePaid', visitor)
  await expect(row(page, 'invoicePaid')).toContainText('Invoice Paid')
  await expect(page.getByRole('button', { name: /^Quality 75 of 100/ })).toBeVisible()
  await track(trackside, 'invoicePaid', { ...visitor, properties: { step: 2 } })
  await expect(row(page, 'invoicePaid').getByText('2 events', { exact: true })).toBeAttached()
  await trackside.api('/events?query=', { method: 'DELETE' })
  await expect(page.getByRole('heading', { name: 'Nothing has been captured yet' })).toBeVisible()
})

test('teaches how to name an event, remembers when that was folded, and leads to the checker', async ({
  page,
  trackside,
}) => {
  await trackside.open(page, '/problems')
  const lesson = page.getByText('A noun, then a verb in the past tense.')
  await expect(lesson).toBeVisible()
  await page.getByText('How to name an event').click()
  await expect(lesson).toBeHidden()
  await page.reload()
  await expect(page.getByText('How to name an event')).toBeVisible()
  await expect(lesson).toBeHidden()
  await page.getByText('How to name an event').click()
  await page.getByRole('link', { name: 'Try a name' }).click()
  await expect(page.getByRole('textbox', { name: 'Check a name' })).toHaveValue('Send Invoice')
})

test('shows hostile names as text, and opens every one of them', async ({ page, trackside }) => {
  const hostile = [
    '<img src=x onerror="document.title=1">',
    `${'<b>very</b> long '.repeat(6000)}`,
    '\u202eInvoice\u0000 Sent',
    'تم_دفع_الفاتورة',
    '🚀🚀🚀',
    ' Invoice  Sent ',
    '',
    42,
  ]
  for (const event of hostile) {
    // Not every one of them is wrong as a name, but each is in the list.
    const answer = await track(trackside, event, { userId: 'null' })
    expect(answer.status).toBe(200)
  }
  await trackside.send('/v1/identify', { userId: 'null', writeKey: 'web', traits: { a: 1 } })
  await trackside.analysed()
  await trackside.open(page, '/problems')
  await expect(row(page, '<img src=x onerror="document.title=1">').first()).toBeVisible()
  await expect(row(page, '⟨U+202e⟩Invoice␀ Sent').first()).toBeVisible()
  await expect(row(page, '␣Invoice␣␣Sent␣').first()).toBeVisible()
  await expect(page.locator('main li img, main li b')).toHaveCount(0)
  const links = row(page, '').getByRole('link')
  const total = await links.count()
  expect(total).toBeGreaterThanOrEqual(hostile.length)
  for (let index = 0; index < total; index += 1) {
    await page.keyboard.press(']')
    await expect(links.nth(index)).toHaveAttribute('aria-current', 'true')
    await expect(panel(page).getByRole('region', { name: /^(error|warning|info): / })).toBeVisible()
    // Of each group at least one event is found again by its query.
    await expect(panel(page).getByRole('link', { name: /null/ }).first()).toBeVisible()
    expect(page.url().length).toBeLessThan(2000)
  }
  await page.reload()
  await expect(panel(page)).toBeVisible()
  expect(await page.title()).toBe('Problems · Trackside')
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`has no accessibility mistakes that axe finds, ${colorScheme}`, async ({ page, trackside }) => {
    await tell(trackside)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of [
      '/problems',
      '/problems?by=name&rule=naming%2Fobject-action&name=Send+Invoice',
      '/problems?severity=info',
    ]) {
      await trackside.open(page, path)
      await expect(page.getByText('5 problems in')).toBeVisible()
      if (path.includes('rule')) await expect(panel(page).getByRole('link', { name: /Marvin/ })).toBeVisible()
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    }
  })
}

test('can be used in a narrow window and at twice the size', async ({ page, trackside }) => {
  await tell(trackside)
  await trackside.open(page, '/problems?rule=naming%2Fobject-action&name=Send+Invoice')
  for (const size of [
    { width: 1024, height: 700 },
    { width: 720, height: 450 },
  ]) {
    await page.setViewportSize(size)
    await expect(panel(page).getByRole('button', { name: 'Copy the name' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width)
    for (const name of ['All 5', 'By name'])
      await expect(page.getByRole('radio', { name })).toBeInViewport({ ratio: 1 })
    await row(page, 'Event 12').scrollIntoViewIfNeeded()
    await expect(row(page, 'Event 12').getByText('1', { exact: true })).toBeInViewport()
  }
})
