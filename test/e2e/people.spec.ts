import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import Database from 'better-sqlite3'
import type { EventPage, UserDetail } from '../../shared/contract/schemas.ts'
import { tellStory } from '../fixtures/story/story.ts'
import { expect, startTrackside, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

async function story(trackside: Trackside): Promise<void> {
  await tellStory((path, body) => trackside.send(path, body), Date.now())
  await trackside.analysed()
}

const track = (trackside: Trackside, event: string, who: Record<string, unknown>): Promise<unknown> =>
  trackside.send('/v1/track', { writeKey: 'web', event, properties: { step: 1 }, ...who })

const list = (page: Page, name: string | RegExp): Locator => page.getByRole('listbox', { name })
const timeline = (page: Page, of = ''): Locator => list(page, `Timeline of ${of}`)
const rows = (within: Locator): Locator => within.getByRole('option')
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Event', exact: true })
const search = (page: Page): Locator => page.getByRole('searchbox')
const queryIn = (page: Page): string | null => new URL(page.url()).searchParams.get('q')

async function type(page: Page, query: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Query for this timeline' }).fill(query)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    // Halfway from one theme to the other, colours have the contrast of neither.
    await page.waitForFunction(() => !document.getAnimations().some((one) => one instanceof CSSTransition))
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual(
      [],
    )
  }
}

test('what somebody did before they were known stands in their timeline', async ({ page, trackside }) => {
  const anonymousId = 'visitor-1'
  for (const name of ['Home', 'Pricing'])
    await trackside.send('/v1/page', { writeKey: 'web', anonymousId, name, properties: { path: `/${name}` } })
  await trackside.analysed()
  await trackside.open(page, `/users/anonymous:${anonymousId}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('anonymous visitor-')
  await expect(rows(timeline(page))).toHaveCount(2)

  await trackside.send('/v1/identify', {
    writeKey: 'web',
    userId: 'usr_9',
    anonymousId,
    traits: { name: 'Ada Lovelace', plan: 'free' },
  })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada Lovelace')
  await expect(page.getByText('Found by anonymous id visitor-1')).toBeVisible()
  await expect(rows(timeline(page, 'Ada Lovelace'))).toHaveCount(3)
  await expect(rows(timeline(page)).first()).toContainText('identify')
  await expect(rows(timeline(page)).last()).toContainText('Home')

  const about = page.getByRole('complementary', { name: 'About Ada Lovelace' })
  await expect(about).toContainText('anonymous id, tied by identify in event 3')
  await about.getByRole('link', { name: 'event 3' }).last().click()
  await expect(panel(page)).toContainText('identify')
  await expect(page).toHaveURL(/event=3/)
})

test('the list of users is walked and opened by keyboard, and coming back leads to the same row', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  await trackside.open(page, '/users')
  const users = list(page, 'Users, by last seen')
  await expect(rows(users)).toHaveCount(6)
  await expect(rows(users).first()).toContainText('Jane Cooper')
  await expect(rows(users).first()).toContainText('17 events')
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await expect(users.getByRole('option', { selected: true })).toContainText('Marvin Bell')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Marvin Bell')
  await page.goBack()
  await expect(users.getByRole('option', { selected: true })).toContainText('Marvin Bell')
  await rows(users).filter({ hasText: 'Robert Fox' }).click()
  await expect(page).toHaveURL(/\/users\/usr_88$/)
  // The address comes first: a key that is pressed before the view has come does nothing.
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Robert Fox')
  await page.keyboard.press('Escape')
  await expect(rows(users)).toHaveCount(6)
})

test('users are found by e-mail, id, name and trait, and the search is in the address', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  await trackside.open(page, '/users')
  const users = list(page, 'Users, by last seen')
  await expect(rows(users)).toHaveCount(6)
  await page.keyboard.press('/')
  for (const [text, ...found] of [
    ['jane@acme', 'Jane Cooper'],
    ['USR_88', 'Robert Fox'],
    ['bell marvin', 'Marvin Bell'],
    ['anon-mb', 'Marvin Bell'],
    ['plan:pro', 'Jane Cooper'],
    ['acme.example', 'Jane Cooper', 'Marvin Bell'],
  ] as const) {
    await search(page).fill(text)
    await expect(rows(users)).toHaveText(found.map((name) => new RegExp(name)))
  }
  await page.reload()
  await expect(search(page)).toHaveValue('acme.example')
  await expect(rows(users)).toHaveCount(2)
  await search(page).fill('nobody like that')
  await expect(page.getByRole('heading', { name: 'Nobody fits “nobody like that”' })).toBeVisible()
  await page.getByRole('button', { name: 'Show everybody' }).click()
  await expect(rows(users)).toHaveCount(6)
  await expect(search(page)).toHaveValue('')
})

test('new users and new events slide in while one looks', async ({ page, trackside }) => {
  await trackside.open(page, '/users')
  await expect(page.getByRole('heading', { name: 'Nobody yet' })).toBeVisible()
  await expect(page.getByText("analytics.identify('usr_42'")).toBeVisible()
  await track(trackside, 'Trial Started', { userId: 'first' })
  await expect(rows(list(page, 'Users, by last seen'))).toHaveText([/first/])
  await track(trackside, 'Trial Started', { userId: 'second' })
  await expect(rows(list(page, 'Users, by last seen'))).toHaveText([/second/, /first/])

  await rows(list(page, 'Users, by last seen')).last().click()
  await expect(rows(timeline(page, 'first'))).toHaveCount(1)
  await track(trackside, 'Report Exported', { userId: 'first' })
  await track(trackside, 'Somebody Else Came', { userId: 'second' })
  await expect(rows(timeline(page))).toHaveText([/Report Exported/, /Trial Started/])
  await expect(page.getByRole('status').filter({ hasText: '2 events' })).toBeVisible()
  await page.getByRole('button', { name: /Newest first/ }).click()
  await expect(rows(timeline(page))).toHaveText([/Trial Started/, /Report Exported/])
  await track(trackside, 'Trial Ended', { userId: 'first' })
  await expect(rows(timeline(page))).toHaveText([/Trial Started/, /Report Exported/, /Trial Ended/])
})

test('a long timeline grows by pages, and stays where it is while more arrives', async ({
  page,
  trackside,
}) => {
  test.slow()
  const batch = (from: number, count: number): Promise<unknown> =>
    trackside.send('/v1/batch', {
      writeKey: 'web',
      batch: Array.from({ length: count }, (_, index) => ({
        type: 'track',
        userId: 'busy',
        event: 'Step Completed',
        properties: { step: `number-${from + index}` },
      })),
    })
  await batch(1, 350)
  await trackside.analysed()
  await trackside.open(page, '/users/busy')
  await expect(page.getByRole('status').filter({ hasText: '350 events' })).toBeVisible()
  await timeline(page).hover()
  await expect(async () => {
    await page.mouse.wheel(0, 3_000)
    await expect(rows(timeline(page)).filter({ hasText: /number-1(?!\d)/ })).toBeVisible({ timeout: 200 })
  }).toPass()
  const last = rows(timeline(page)).filter({ hasText: /number-1(?!\d)/ })
  const before = await last.boundingBox()
  // More than one page at once: none of them may be missing.
  await batch(351, 230)
  await expect(page.getByRole('button', { name: '230 new events' })).toBeVisible()
  expect(Math.abs(((await last.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(40)
  await page.getByRole('button', { name: '230 new events' }).click()
  await expect(rows(timeline(page)).first()).toContainText('number-580')
  const unseen = new Set(Array.from({ length: 580 }, (_, index) => `number-${index + 1}`))
  await expect(async () => {
    for (const text of await rows(timeline(page)).allInnerTexts())
      unseen.delete(/number-\d+/.exec(text)?.[0] ?? '')
    await page.mouse.wheel(0, 300)
    expect([...unseen]).toEqual([])
  }).toPass({ intervals: [20] })
})

test('a timeline is narrowed by query, by type, by problems and by name', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/users/usr_42')
  const events = rows(timeline(page, 'Jane Cooper'))
  await expect(page.getByRole('status').filter({ hasText: '17 events' })).toBeVisible()
  await page.getByRole('button', { name: 'Track calls' }).click()
  await expect(page.getByRole('button', { name: 'Track calls' })).toHaveAttribute('aria-pressed', 'true')
  await expect(events).toHaveCount(12)
  await page.getByRole('button', { name: 'With problems' }).click()
  await expect(events).toHaveCount(1)
  await expect(events).toContainText('order_completed')
  expect(queryIn(page)).toBe('type:track has:problem')
  await page.goBack()
  await expect(events).toHaveCount(12)
  await page.getByRole('list', { name: 'Most frequent names' }).getByText('Report Exported').click()
  await expect(events).toHaveCount(5)
  await page.reload()
  await expect(events).toHaveCount(5)
  await page.getByRole('list', { name: 'Most frequent names' }).getByText('Order Completed').click()
  await expect(events).toHaveText(Array.from({ length: 5 }, () => /Order Completed/))
  await type(page, 'properties.rows:>1000')
  await expect(page.getByRole('heading', { name: 'No event fits this query' })).toBeVisible()
  await type(page, 'type:nonsense')
  await expect(page.getByText('type has no value “nonsense”')).toBeVisible()
  await trackside.open(page, '/users/usr_42?q=type:nonsense')
  await expect(page.getByRole('heading', { name: 'This query can’t be read' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all events' }).click()
  await expect(events.first()).toContainText('Report Exported')
  expect(queryIn(page)).toBeNull()
})

test('an event stands beside the timeline, and j, k, Enter and Esc walk through it', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  await trackside.open(page, '/users/usr_42')
  const chosen = timeline(page).getByRole('option', { selected: true })
  await expect(rows(timeline(page)).first()).toContainText('Report Exported')
  await page.keyboard.press('j')
  await expect(chosen).toContainText('Report Exported')
  await expect(panel(page)).toContainText('Report Exported')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(chosen).toContainText('order_completed')
  await expect(panel(page)).toContainText('order_completed')
  await page.keyboard.press('k')
  await expect(chosen).toContainText('identify')
  await page.reload()
  await expect(chosen).toContainText('identify')
  await expect(panel(page)).toContainText('identify')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expect(page).toHaveURL(/\/users\/usr_42$/)
})

test('one can see when a trait changed, and from what', async ({ page, trackside }) => {
  for (const plan of ['free', 'team', 'team', 'pro'])
    await trackside.send('/v1/identify', { writeKey: 'web', userId: 'usr_1', traits: { plan, seats: 3 } })
  await trackside.analysed()
  await trackside.open(page, '/users/usr_1')
  const about = page.getByRole('complementary', { name: 'About usr_1' })
  await about.getByText('2 changes').click()
  await expect(about.getByRole('list').first().getByRole('listitem')).toHaveText([
    /team\s*→\s*pro/,
    /free\s*→\s*team/,
    /first seen as\s*free/,
  ])
  await about.getByRole('list').first().getByRole('link').first().click()
  await expect(page).toHaveURL(/event=4/)
  await expect(about.getByText('seats')).toBeVisible()
  await expect(about.getByText('1 change', { exact: true })).toBeHidden()
})

test('an account shows its members, its names and what lacks it', async ({ page, trackside }) => {
  await story(trackside)
  await track(trackside, 'File Uploaded', { userId: 'usr_50', context: { groupId: 'initech' } })
  await trackside.analysed()
  await trackside.open(page, '/accounts')
  const accounts = list(page, 'Accounts, by last seen')
  await expect(rows(accounts)).toHaveText([/Initech/, /Acme/, /Globex/])
  await search(page).fill('employees:12')
  await expect(rows(accounts)).toHaveText([/Globex/])
  await search(page).fill('initech')
  await expect(rows(accounts)).toHaveText([/Initech.*3 members/s])
  await page.keyboard.press('Enter')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Initech')
  const about = page.getByRole('complementary', { name: 'About Initech' })
  await expect(about).toContainText('employees')
  await expect(about.getByRole('listitem').filter({ hasText: 'usr_50' })).toContainText(
    'only by context.groupId · 1 event',
  )
  await expect(about.getByRole('listitem').filter({ hasText: 'Leslie' })).toContainText('by a group call')
  await about.getByRole('button', { name: 'Cart Viewed 6 events' }).click()
  await expect(rows(timeline(page, 'Initech'))).toHaveCount(6)
  await expect(rows(timeline(page)).first()).toContainText('Leslie Alexander')
  expect(queryIn(page)).toBe('event:"Cart Viewed"')

  await expect(about).toContainText('1 track call without an account')
  const lacking = await about.getByRole('link', { name: 'Show it in Live' }).getAttribute('href')
  const query = new URL(lacking ?? '', trackside.address.app).searchParams.get('q') ?? ''
  const found = await trackside.api<EventPage>(`/events?query=${encodeURIComponent(query)}`)
  expect(found.events.map(({ event }) => event)).toEqual(['Coupon Applied'])

  await about.getByRole('link', { name: 'Esther Howard' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Esther Howard')
  await page.getByRole('link', { name: 'Initech' }).first().click()
  await expect(page).toHaveURL(/\/accounts\/initech$/)
})

test('an account that nobody described gets the call that would', async ({ page, trackside }) => {
  await trackside.open(page, '/accounts')
  await expect(page.getByRole('heading', { name: 'No account yet' })).toBeVisible()
  await track(trackside, 'File Uploaded', { userId: 'usr_50', context: { groupId: 'umbrella' } })
  await expect(rows(list(page, /Accounts/))).toHaveText([/umbrella.*not yet/s])
  await rows(list(page, /Accounts/)).click()
  await expect(page.getByText('analytics.group("umbrella"')).toBeVisible()
  await trackside.send('/v1/group', {
    writeKey: 'web',
    userId: 'usr_50',
    groupId: 'umbrella',
    traits: { name: 'Umbrella Corp.' },
  })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Umbrella Corp.')
  await expect(page.getByText('analytics.group("umbrella"')).toBeHidden()
})

test('all events of somebody are one step from Live and from a replay', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/users/anonymous:7f1c-0001')
  await expect(rows(timeline(page))).toHaveCount(1)
  await page.getByRole('button', { name: 'Show in Live' }).click()
  await expect(page).toHaveURL(/\/live\?/)
  expect(queryIn(page)).toBe('user:anonymous:7f1c-0001')
  const found = await trackside.api<EventPage>(`/events?query=${encodeURIComponent(queryIn(page) ?? '')}`)
  expect(found.events.map(({ event }) => event)).toEqual(['Event 12'])
  await page.goBack()
  await expect(rows(timeline(page))).toHaveCount(1)
  await page.keyboard.press('r')
  await expect(page).toHaveURL(/\/replay\/new\?/)
  expect(queryIn(page)).toBe('user:anonymous:7f1c-0001')
})

const ids = [
  'a/b?c#d',
  ' two  spaces ',
  '..',
  '~..',
  '🦊 fox',
  '%2F',
  'a\\b"c',
  '<b>bold</b>',
  'anonymous:x/y',
  'x'.repeat(300),
]

test('a user or an account may have any id', async ({ page, trackside }) => {
  test.slow()
  for (const id of ids)
    await track(trackside, 'Trial Started', { userId: id, context: { groupId: id }, properties: { id } })
  await trackside.analysed()
  for (const kind of ['users', 'accounts'] as const) {
    for (const id of ids) {
      await trackside.open(page, `/${kind}`)
      await search(page).fill(id)
      // The list moves once more, a moment after the last key: a click before that may land on another row.
      await expect(rows(list(page, /last seen/))).not.toHaveCount(ids.length)
      const found = rows(list(page, /last seen/)).filter({
        has: page.locator('.truncate', { hasText: exactly(id) }),
      })
      await found.first().click()
      await expect(
        page.getByRole('button', { name: `Copy the id ${id}`.replace(/\s+/g, ' ').trim() }),
      ).toBeVisible()
      await expect(rows(timeline(page))).toHaveCount(1)
      const address = page.url()
      await page.reload()
      await expect(rows(timeline(page))).toHaveCount(1)
      expect(page.url()).toBe(address)
    }
  }
  // A link that somebody wrote by hand, and one from inside the page.
  await trackside.open(page, `/users/${encodeURIComponent('a/b?c#d')}`)
  await expect(rows(timeline(page))).toHaveCount(1)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('..')
  await page
    .getByRole('option', { name: /^\.\.\s+\.\.$/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Copy the id ..', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Copy the id ..', exact: true })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Copy the id a/b?c#d' })).toBeVisible()
})

function exactly(text: string): RegExp {
  return new RegExp(
    `^\\s*${text
      .trim()
      .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
      .replace(/\s+/g, '\\s+')}\\s*$`,
  )
}

test('an id that nobody has leads back, and fills as soon as somebody does', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/users/nobody')
  await expect(page.getByRole('heading', { name: 'Nobody has this id' })).toBeVisible()
  await track(trackside, 'Trial Started', { userId: 'nobody' })
  await expect(rows(timeline(page, 'nobody'))).toHaveCount(1)
  await trackside.open(page, '/accounts/no-such')
  await expect(page.getByRole('heading', { name: 'No account has this id' })).toBeVisible()
  await page.getByRole('button', { name: 'All accounts' }).click()
  await expect(rows(list(page, /Accounts/))).toHaveCount(3)
})

test('an id that an alias left behind finds the same person', async ({ page, trackside }) => {
  await story(trackside)
  await trackside.open(page, '/users/anon-mb-1')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Marvin Bell')
  await expect(page.getByText('joined by alias in')).toBeVisible()
  const { identities } = await trackside.api<UserDetail>('/users/anon-mb-1')
  expect(identities.map(({ value }) => value)).toEqual(['usr_7', 'anon-mb-1'])
})

test('days and sessions are told apart, with the silence between them', async ({ page }) => {
  const data = mkdtempSync(join(tmpdir(), 'trackside-days-'))
  const first = await startTrackside(data)
  const names = ['Trial Started', 'File Uploaded', 'Report Exported', 'Trial Ended']
  for (const event of names) await track(first.trackside, event, { userId: 'usr_1' })
  await first.trackside.analysed()
  await first.stop()
  // As if the log had been kept for days: 1 and 2 on the day before yesterday, 3 at noon yesterday, 4 two hours later.
  const noon = (daysAgo: number, minutes = 0): number => {
    const day = new Date()
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo, 12, minutes).getTime()
  }
  const times = [noon(2), noon(2, 20), noon(1), noon(1, 130)]
  const database = new Database(join(data, 'trackside.db'))
  for (const [index, at] of times.entries()) {
    database.prepare('UPDATE event SET received_at = ? WHERE id = ?').run(at, index + 1)
    database.prepare('UPDATE analysed_event SET received_at = ? WHERE event_id = ?').run(at, index + 1)
  }
  database.close()
  const { trackside, stop } = await startTrackside(data)
  await trackside.open(page, '/users/usr_1')
  const section = page.getByRole('region', { name: 'Timeline' })
  await expect(rows(timeline(page))).toHaveCount(4)
  await expect(section.getByText('Yesterday', { exact: false }).first()).toBeVisible()
  await expect(section.getByText('2 h 10 min earlier', { exact: true })).toBeVisible()
  await expect(section.getByText('12:00 – 12:20')).toBeVisible()
  await page.getByRole('button', { name: /Newest first/ }).click()
  await expect(section.getByText('2 h 10 min later', { exact: true })).toBeVisible()
  await expect(rows(timeline(page)).first()).toContainText('Trial Started')
  await page.reload()
  await expect(rows(timeline(page)).first()).toContainText('Trial Started')
  await stop()
  rmSync(data, { recursive: true, force: true })
})

for (const path of [
  '/users',
  '/users/usr_42?event=43',
  '/users/usr_42?q=type:nonsense',
  '/users/nobody',
  '/accounts',
  '/accounts/initech',
]) {
  test(`${path} is accessible in both themes`, async ({ page, trackside }) => {
    await story(trackside)
    await trackside.open(page, path)
    await expect(
      page
        .getByRole('listbox')
        .or(page.getByRole('heading', { level: 2 }))
        .first(),
    ).toBeVisible()
    await expectAccessible(page)
  })
}

test('empty screens are accessible in both themes', async ({ page, trackside }) => {
  for (const path of ['/users', '/accounts']) {
    await trackside.open(page, path)
    await expect(page.getByText('analytics.')).toBeVisible()
    await expectAccessible(page)
  }
})

test('at 1024 pixels, and at twice the size of text, nothing is out of reach', async ({
  page,
  trackside,
}) => {
  await story(trackside)
  for (const width of [1024, 720]) {
    await page.setViewportSize({ width, height: 700 })
    for (const path of ['/users', '/accounts', '/users/usr_42?event=43', '/accounts/acme']) {
      await trackside.open(page, path)
      await expect(rows(page.getByRole('listbox')).first()).toBeInViewport()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  }
  await page.getByRole('button', { name: 'About' }).click()
  await expect(page.getByRole('complementary', { name: 'About Acme, Inc.' })).toContainText('employees')
  await page.reload()
  await expect(page.getByRole('complementary', { name: 'About Acme, Inc.' })).toContainText('employees')
  await page.getByRole('button', { name: 'Timeline', exact: true }).click()
  await expect(rows(timeline(page)).first()).toBeInViewport()
})
