import AxeBuilder from '@axe-core/playwright'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import type { EventPage, Status } from '../../shared/contract/schemas.ts'
import { tellStory } from '../fixtures/story/story.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

async function story(trackside: Trackside): Promise<void> {
  await tellStory((path, body) => trackside.send(path, body), Date.now())
  await trackside.analysed()
}

async function track(trackside: Trackside, names: readonly string[]): Promise<void> {
  const batch = names.map((event) => ({ type: 'track', userId: 'usr_1', event }))
  await trackside.send('/v1/batch', { writeKey: 'web', batch })
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1}`)

const rows = (page: Page): Locator => page.getByRole('listbox', { name: 'Events' }).getByRole('option')
const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Query' })
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Event' })

async function ask(page: Page, query: string): Promise<void> {
  await field(page).fill(query)
  await field(page).press('Enter')
}

/** All ids of the list from top to bottom, as a person sees them who scrolls through it. */
async function idsByScrolling(page: Page): Promise<number[]> {
  const list = page.getByRole('listbox', { name: 'Events' })
  const seen: number[] = []
  for (;;) {
    const shown = await rows(page).evaluateAll((options) =>
      options.map((option) => Number(option.querySelector('[data-event-id]')?.getAttribute('data-event-id'))),
    )
    for (const id of shown) if (!seen.includes(id)) seen.push(id)
    const before = await list.evaluate((element) => element.scrollTop)
    await list.evaluate((element) => element.scrollBy(0, element.clientHeight - 80))
    await expect(async () => {
      const [after, isEnd] = await list.evaluate((element) => [
        element.scrollTop,
        element.scrollTop + element.clientHeight >= element.scrollHeight - 1,
      ])
      expect(isEnd || after !== before).toBe(true)
    }).toPass()
    if ((await list.evaluate((element) => element.scrollTop)) === before) return seen
    // Rows are drawn in the frame after the scrolling.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
}

test('a call appears by itself while the page is open, with what the rules say of it', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  await trackside.open(page, '/live')
  await expect(rows(page).first()).toContainText('Report Exported')
  await track(trackside, ['trial_started'])
  await expect(rows(page).first()).toContainText('trial_started')
  await expect(rows(page).first()).toContainText('1 warning')
  await expect(page.getByRole('img', { name: /Events over time: 47 events/ })).toBeVisible()
})

test('before the first call the page says what to do, and its command works as it stands', async ({
  page,
  trackside,
}) => {
  await trackside.open(page, '/live')
  await expect(page.getByRole('heading', { name: 'Nothing captured yet' })).toBeVisible()
  const command = await page.getByText(/^curl /).textContent()
  await promisify(execFile)('sh', ['-c', command ?? 'false'])
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText('Report Exported')
})

test.describe('the query', () => {
  test('narrows the list, stands in the address, and is gone back from', async ({ page, trackside }) => {
    await story(trackside)
    await trackside.open(page, '/live')
    await page.keyboard.press('/')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('account:globex type:track')
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(2)
    await expect(page.getByRole('button', { name: 'Replay 2…' })).toBeVisible()
    await expect(page).toHaveURL(/q=account/)
    await page.reload()
    await expect(rows(page)).toHaveCount(2)
    await expect(field(page)).toHaveText('account:globex type:track')
    await page.goBack()
    await expect(page.getByRole('button', { name: 'Replay 46…' })).toBeVisible()
    await expect(field(page)).toHaveText(/^Search/)
  })

  test('says where a mistake is and what was meant, and leaves the list as it is', async ({
    page,
    trackside,
  }) => {
    await story(trackside)
    await trackside.open(page, '/live')
    await expect(rows(page).first()).toBeVisible()
    await field(page).fill('evnt:"Cart Viewed"')
    await field(page).press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: 'Did you mean event:' })).toBeVisible()
    await expect(field(page)).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('button', { name: 'Replay 46…' })).toBeVisible()
    await page.getByRole('button', { name: 'Write event:' }).click()
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(6)
  })

  test('that came with a link and has a mistake never looks like an empty list', async ({
    page,
    trackside,
  }) => {
    await story(trackside)
    await trackside.open(page, '/live?q=type:tracks')
    await expect(page.getByRole('heading', { name: 'This query can’t be read' })).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'tracks' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear the query' }).last().click()
    await expect(rows(page).first()).toBeVisible()
  })

  test('offers the names that were captured, and the keys with what they mean', async ({
    page,
    trackside,
  }) => {
    await story(trackside)
    await trackside.open(page, '/live')
    await field(page).pressSequentially('eve')
    await expect(page.getByRole('option', { name: /^event:\s*The name of a track call/ })).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.type('Cou')
    await expect(page.getByRole('option', { name: /^Coupon Applied/ })).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(field(page)).toHaveText('event:"Coupon Applied" ')
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(1)
  })

  test('that finds nothing says so, and can be cleared', async ({ page, trackside }) => {
    await story(trackside)
    await trackside.open(page, '/live')
    await ask(page, 'event:"Never Sent"')
    await expect(page.getByText('No event matches event:"Never Sent"')).toBeVisible()
    await page.getByRole('button', { name: 'Clear the query' }).last().click()
    await expect(rows(page).first()).toBeVisible()
  })

  test('gives examples of the language that can be taken over', async ({ page, trackside }) => {
    await story(trackside)
    await trackside.open(page, '/live')
    await page.getByRole('button', { name: 'How queries are written' }).click()
    await page.getByRole('button', { name: 'has:problem' }).click()
    await expect(field(page)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(field(page)).toHaveText(/^Search/)
  })
})

test('a list that stands still counts what arrives, and has all of it when it goes on', async ({
  page,
  trackside,
}) => {
  await track(trackside, numbered('Report Exported', 60))
  await trackside.open(page, '/live')
  await expect(rows(page).first()).toContainText('Report Exported 60')
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Paused' })).toBeVisible()
  for (let batch = 0; batch < 3; batch += 1) await track(trackside, numbered(`Batch ${batch} Sent`, 100))
  await expect(page.getByRole('button', { name: '300 new events' })).toBeVisible()
  await expect(rows(page).first()).toContainText('Report Exported 60')
  await page.getByRole('button', { name: '300 new events' }).click()
  await expect(rows(page).first()).toContainText('Batch 2 Sent 100')
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible()
  expect(await idsByScrolling(page)).toEqual(Array.from({ length: 360 }, (_, index) => 360 - index))
})

test('scrolling away pauses a narrowed list as well, and its top goes on', async ({ page, trackside }) => {
  await track(trackside, numbered('Cart Viewed', 80))
  await trackside.analysed()
  await trackside.open(page, '/live?q=Cart')
  await expect(rows(page).first()).toContainText('Cart Viewed 80')
  await page.getByRole('listbox', { name: 'Events' }).hover()
  await page.mouse.wheel(0, 700)
  await expect(page.getByRole('button', { name: 'Paused' })).toBeVisible()
  await track(trackside, ['Cart Viewed 81', 'Order Completed', 'Cart Viewed 82'])
  await expect(page.getByRole('button', { name: '2 new events' })).toBeVisible()
  await page.mouse.wheel(0, -5000)
  await expect(rows(page).first()).toContainText('Cart Viewed 82')
  await expect(rows(page).nth(1)).toContainText('Cart Viewed 81')
})

test('a flood of 3,000 events is followed to its last one, and none is missing', async ({
  page,
  trackside,
}) => {
  await track(trackside, ['Flood Began'])
  await trackside.open(page, '/live')
  await expect(rows(page).first()).toContainText('Flood Began')
  for (let batch = 0; batch < 30; batch += 1) await track(trackside, numbered(`Wave ${batch}`, 100))
  await expect(rows(page).first()).toContainText('Wave 29 100')
  await expect(page.getByRole('button', { name: 'Replay 3,001…' })).toBeVisible()
  // It still answers: a query of another kind, and back to all of them.
  await ask(page, '"Wave 7 50"')
  await expect(rows(page)).toHaveCount(1)
  await ask(page, '')
  await expect(rows(page).first()).toContainText('Wave 29 100')
  const { total } = await trackside.api<EventPage>('/events?limit=1&total=true')
  expect(total).toBe(3001)
})

test('brushing the histogram narrows the query to that time, a double click takes it off', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  await trackside.open(page, '/live')
  const chart = page.getByRole('img', { name: /Events over time: 46 events/ })
  await expect(chart).toBeVisible()
  const box = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(box.x + 40, box.y + box.height - 15)
  await page.mouse.down()
  await page.mouse.move(box.x + 400, box.y + box.height - 15, { steps: 5 })
  await page.mouse.up()
  await expect(field(page)).toHaveText(/^since:\S+Z before:\S+Z$/)
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await page.mouse.dblclick(box.x + 200, box.y + box.height - 15)
  await expect(field(page)).toHaveText(/^Search/)
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Range: All time' }).click()
  await page.getByRole('menuitem', { name: 'Last 15 minutes' }).click()
  await expect(field(page)).toHaveText('since:15m')
  await page.getByRole('button', { name: 'Show all time' }).click()
  await expect(field(page)).toHaveText(/^Search/)
})

test('a selected event stands beside the list, in the address, and after a reload', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  await trackside.open(page, '/live')
  await rows(page).filter({ hasText: 'order_completed' }).click()
  await expect(panel(page)).toContainText('order_completed')
  await expect(page).toHaveURL(/event=43/)
  await page.reload()
  await expect(panel(page)).toContainText('order_completed')
  await expect(rows(page).filter({ hasText: 'order_completed' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(panel(page)).toContainText('Checkout Step Completed')
  await page.keyboard.press(']')
  await expect(panel(page)).toContainText('Event 12')
  await page.keyboard.press('[')
  await expect(panel(page)).toContainText('order_completed')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expect(page).not.toHaveURL(/event=/)
  await rows(page).filter({ hasText: 'order_completed' }).click()
  await expect(panel(page)).toContainText('order_completed')
  await page.keyboard.press('r')
  await expect(page).toHaveURL(/\/replay\/new\?q=id(:|%3A)43$/)
})

test('several events are selected, replayed by their numbers, and deleted with a way back', async ({
  page,
  trackside,
}) => {
  await track(trackside, numbered('Report Exported', 12))
  await trackside.analysed()
  await trackside.open(page, '/live')
  await expect(rows(page)).toHaveCount(12)
  await page.keyboard.press('j')
  await expect(panel(page)).toContainText('Report Exported 12')
  await page.keyboard.press('x')
  await rows(page)
    .nth(3)
    .click({ modifiers: ['Shift'] })
  await expect(page.getByText('4 events selected')).toBeVisible()
  await rows(page)
    .nth(1)
    .click({ modifiers: ['ControlOrMeta'] })
  await expect(page.getByText('3 events selected')).toBeVisible()

  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(rows(page)).toHaveCount(9)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page)).toHaveCount(12)
  expect((await trackside.api<Status>('/status')).events).toBe(12)

  await rows(page)
    .first()
    .click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(rows(page)).toHaveCount(11)
  await expect.poll(async () => (await trackside.api<Status>('/status')).events, { timeout: 20_000 }).toBe(11)
  await expect(rows(page).first()).toContainText('Report Exported 11')

  await rows(page)
    .nth(0)
    .click({ modifiers: ['ControlOrMeta'] })
  await rows(page)
    .nth(1)
    .click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('r')
  await expect(page).toHaveURL(/\/replay\/new\?q=id(:|%3A)10(,|%2C)11/)
})

test('all that matches is deleted after the page has said how many', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/live?q=account:initech')
  await expect(page.getByRole('button', { name: 'Replay 11…' })).toBeVisible()
  await page.getByRole('button', { name: 'More to do with these events' }).click()
  await page.getByRole('menuitem', { name: 'Delete all that match…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete 11 events?' })
  await dialog.getByRole('button', { name: 'Delete 11 events' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  expect((await trackside.api<Status>('/status')).events).toBe(35)
})

test('what matches is saved as a file, a line for each event', async ({ page, trackside }) => {
  await track(trackside, numbered('Report Exported', 1_203))
  await trackside.analysed()
  await trackside.open(page, '/live?q=Report')
  await expect(page.getByRole('button', { name: 'Replay 1,203…' })).toBeVisible()
  const lines = async (item: string): Promise<string[]> => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'More to do with these events' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    return text.trimEnd().split('\n')
  }
  const json = await lines('Export as NDJSON')
  expect(json.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(
    Array.from({ length: 1_203 }, (_, index) => index + 1),
  )
  const table = await lines('Export as CSV')
  expect(table).toHaveLength(1_204)
  expect(table[0]).toMatch(/^id,receivedAt/)
})

test('a query is saved under a name, renamed and removed', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/live?q=missing:account')
  const navigation = page.getByRole('navigation', { name: 'Views' })
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('No account')
  await page.keyboard.press('Enter')
  await expect(navigation.getByRole('link', { name: 'No account' })).toBeVisible()
  await trackside.open(page, '/live')
  await navigation.getByRole('link', { name: 'No account' }).click()
  await expect(field(page)).toHaveText('missing:account')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('button', { name: 'Rename No account' }).click()
  await page.getByRole('textbox', { name: 'New name of No account' }).fill('Without account')
  await page.keyboard.press('Enter')
  await expect(navigation.getByRole('link', { name: 'Without account' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Without account' }).click()
  await expect(navigation.getByRole('link', { name: 'Without account' })).toBeHidden()
})

test('marked events are found again', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/live')
  await rows(page).filter({ hasText: 'Coupon Applied' }).click()
  await page.keyboard.press('m')
  await expect(
    rows(page).filter({ hasText: 'Coupon Applied' }).getByRole('img', { name: 'Marked' }),
  ).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('button', { name: 'Marked events 1' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText('Coupon Applied')
})

test('columns are chosen, ordered and sized, and stay so', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/live')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Source' }).check()
  await page.getByRole('checkbox', { name: 'Type' }).uncheck()
  await page.getByRole('button', { name: 'Move User to the left' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('separator', { name: 'Width of User' }).focus()
  await page.keyboard.press('ArrowLeft')
  const width = await page.getByRole('separator', { name: 'Width of User' }).getAttribute('aria-valuenow')
  await page.reload()
  await expect(rows(page).first()).toContainText(
    /^\D*[\d:.]+\s*JC\s*Jane Cooper\s*Report Exported.*Acme.*web$/,
  )
  await expect(page.getByRole('separator', { name: 'Width of User' })).toHaveAttribute(
    'aria-valuenow',
    width ?? '',
  )
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`has nothing that stands in the way of anyone, in the ${colorScheme} theme`, async ({
    page,
    trackside,
  }) => {
    test.slow()
    await page.emulateMedia({ colorScheme })
    await story(trackside)
    await trackside.open(page, '/live?event=43')
    await expect(panel(page)).toContainText('order_completed')
    await rows(page)
      .nth(1)
      .click({ modifiers: ['ControlOrMeta'] })
    await field(page).fill('evnt:x')
    await field(page).press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: 'Did you mean' })).toBeVisible()
    const check = async (): Promise<void> => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations).toEqual([])
    }
    await check()
    await page.getByRole('button', { name: 'Saved views' }).click()
    await check()
  })
}

test('is of use on a narrow window, with the event beside the list', async ({ page, trackside }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await story(trackside)
  await trackside.open(page, '/live?event=43')
  await expect(panel(page)).toContainText('order_completed')
  await expect(rows(page).first()).toContainText('Report Exported')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBe(0)
  await expect(page.getByRole('button', { name: 'Replay 46…' })).toBeInViewport({ ratio: 1 })
  await expect(field(page)).toBeInViewport({ ratio: 1 })
})
