import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Destination, DestinationInput, Replay } from '../../shared/contract/schemas.ts'
import type { EventPage } from '../../shared/contract/schemas.ts'
import type { JsonObject } from '../../shared/event.ts'
import { story, tellStory } from '../fixtures/story/story.ts'
import { accept, startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'
import { expect, startTrackside, test as base } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const test = base.extend<{ sink: Sink }>({
  sink: async ({}, use) => {
    const sink = await startSink()
    await use(sink)
    await sink.close()
  },
})

async function tell(trackside: Trackside): Promise<void> {
  await tellStory((path, body) => trackside.send(path, body), Date.now())
  await trackside.analysed()
}

function addDestination(trackside: Trackside, change: Partial<DestinationInput>): Promise<Destination> {
  const body = { name: 'Staging', writeKey: 'key-of-staging', concurrency: 1, ...change }
  return trackside.api<Destination>('/destinations', { method: 'POST', body })
}

const idsOf = (calls: readonly JsonObject[]): string[] => calls.map((call) => String(call['messageId']))
const storyIds = story.map((_, index) => `story-${index}`)
const hostOf = (sink: Sink): string => new URL(sink.url).host

const plan = (page: Page): Locator => page.getByRole('region', { name: 'Plan', exact: true })
const progress = (page: Page): Locator => page.getByRole('progressbar')
const startButton = (page: Page): Locator => page.getByRole('button', { name: /^Replay \d+ events? to / })
const state = (page: Page): Locator => page.getByRole('region', { name: 'How it goes' })

test('a first destination is added, tested and changed; its secrets never come back', async ({
  page,
  trackside,
  sink,
}) => {
  const secrets = ['write-key-4711', 'header-value-0815']
  await trackside.open(page, '/replay')
  await expect(page.getByText('A destination is a place that takes Segment calls')).toBeVisible()
  await page.getByRole('radio', { name: 'Segment EU' }).check()
  await expect(page.getByLabel('Address')).toHaveValue('https://events.eu1.segmentapis.com/v1')
  await expect(page.getByRole('switch', { name: 'Production' })).toBeChecked()

  await page.getByRole('radio', { name: 'Other', exact: true }).check()
  await page.getByRole('button', { name: 'Add destination' }).click()
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription(
    'Give it a name by which you will know it.',
  )
  await page.getByLabel('Name').fill('Staging')
  await page.getByLabel('Address').fill('ftp://example.com')
  await page.getByRole('button', { name: 'Add destination' }).click()
  await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/ftp: is not http or https/)
  await page.getByLabel('Address').fill('http://staging.example.com/v1')
  await expect(page.getByText('staging.example.com is not this machine')).toBeVisible()
  await page.getByLabel('Address').fill(trackside.address.capture)
  await expect(page.getByText('That is this very Trackside')).toBeVisible()
  await page.getByLabel('Address').fill(sink.url)
  await page.getByLabel('Write key', { exact: true }).fill('write-key-4711')
  await page.getByText('Rate, batches and headers').click()
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name of header 1').fill('Content-Length')
  await page.getByLabel('Value of header 1').fill('header-value-0815')
  await page.getByRole('button', { name: 'Add destination' }).click()
  await expect(page.getByText('Content-Length can’t be set')).toBeVisible()
  await page.getByLabel('Name of header 1').fill('X-Team')
  await page.getByRole('button', { name: 'Add destination' }).click()

  const staging = page.getByRole('listitem', { name: 'Staging' })
  await expect(staging).toContainText(hostOf(sink))
  await staging.getByRole('button', { name: 'Test connection' }).click()
  await expect(staging.getByRole('status')).toContainText(/It answered 200\. \d+ ms/)
  const [tested] = sink.requests
  expect(tested?.calls).toMatchObject([{ event: 'Connection Tested', integrations: { All: false } }])
  expect(tested?.headers['authorization']).toBe(`Basic ${Buffer.from('write-key-4711:').toString('base64')}`)
  expect(tested?.headers['x-team']).toBe('header-value-0815')

  sink.behave(({ headers }) => ({ status: 401, body: `no such key ${String(headers['authorization'])}` }))
  await staging.getByRole('button', { name: 'Test connection' }).click()
  await expect(staging.getByRole('status')).toContainText('Check the write key')

  await staging.getByRole('button', { name: 'Change Staging' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Write key', { exact: true })).toHaveValue('')
  await expect(dialog.getByLabel('Write key', { exact: true })).toHaveAttribute(
    'placeholder',
    'stored; leave empty to keep',
  )
  await dialog.getByText('Rate, batches and headers').click()
  await expect(dialog.getByText('Stored: X-Team')).toBeVisible()
  await dialog.getByLabel('Name', { exact: true }).fill('Staging 2')
  const shown = await page.content()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const changed = page.getByRole('listitem', { name: 'Staging 2' })
  sink.behave(accept)
  await changed.getByRole('button', { name: 'Test connection' }).click()
  await expect(changed.getByRole('status')).toContainText('It answered 200')
  expect(sink.requests.at(-1)?.headers['x-team']).toBe('header-value-0815')

  const seen = [
    shown,
    await page.content(),
    JSON.stringify(await trackside.api('/destinations')),
    Buffer.from('write-key-4711:').toString('base64'),
  ]
  for (const secret of secrets) expect(seen.slice(0, 3).join()).not.toContain(secret)
  expect(seen.slice(0, 3).join()).not.toContain(seen[3])

  await changed.getByRole('button', { name: 'Remove Staging 2' }).click()
  await expect(page.getByRole('dialog')).toContainText('Its keys are erased')
  await page.getByRole('button', { name: 'Remove destination' }).click()
  await expect(page.getByText('Where may captured events go?')).toBeVisible()
})

test('the story is planned, shown as it will be, and sent with its times and ids', async ({
  page,
  trackside,
  sink,
}) => {
  await tell(trackside)
  await trackside.send('/v1/track', '{"type":"track"')
  await trackside.analysed()
  const { id } = await addDestination(trackside, { url: sink.url })
  await trackside.open(page, '/replay')
  await page.getByText('Nothing was replayed yet').waitFor()
  await page.keyboard.press('n')

  // The only destination is chosen; everything that was captured is selected.
  await expect(page).toHaveURL(new RegExp(`/replay/new\\?to=${id}$`))
  await expect(plan(page).getByRole('heading', { level: 2 })).toHaveText('46 of 47 events to Staging')
  await expect(plan(page).getByRole('region', { name: 'Left out' })).toContainText('1rejected on arrival')
  const counts = plan(page).getByRole('region', { name: 'What would be sent' })
  for (const type of ['track', 'identify', 'group', 'page', 'alias']) {
    const events = story.filter(({ body }) => body.type === type).length
    await expect(counts.getByRole('list', { name: 'By type' }).getByText(type).locator('..')).toHaveText(
      new RegExp(`^${type}\\s*${events}$`),
    )
  }
  await expect(counts.getByRole('list', { name: 'By name' }).getByRole('listitem').first()).toHaveText(
    /Report Exported\s*9/,
  )
  await expect(counts.getByRole('list', { name: 'By name' }).getByRole('listitem')).toHaveCount(8)
  await counts.getByRole('button', { name: /more names/ }).click()
  await expect(counts.getByRole('list', { name: 'By name' })).toContainText('Team Member Removed')
  const figures = plan(page).getByRole('definition')
  await expect(figures).toHaveText([
    /^1\s*batched$/,
    /KB\s*of JSON/,
    /under a second\s*at 1,000 events\/s/,
    // Five people, and one who never signed in.
    /^6\s*each/,
    /^0\s*acknowledged$/,
  ])
  const diff = plan(page).getByRole('group', { name: 'The call before and after' })
  await expect(diff.getByText('Removed: "sentAt"')).toBeVisible()
  await expect(diff.getByText('Added: "sentAt"')).toBeVisible()
  await expect(diff.getByText('Removed: "writeKey": "web"')).toBeVisible()
  await expect(diff.getByText('"path"')).toBeHidden()
  await diff
    .getByRole('button', { name: /unchanged$/ })
    .first()
    .click()
  await expect(diff.getByText('"path"')).toBeVisible()
  await plan(page).getByRole('button', { name: 'Event 2' }).click()
  await expect(diff.getByText('"identify"')).toBeVisible()
  expect(sink.requests).toHaveLength(0)

  const startedAt = Date.now()
  await startButton(page).click()
  await expect(page).toHaveURL(/\/replay\/1$/)
  await expect(state(page).getByText('46 sent, 1 left out')).toBeVisible()
  await expect(progress(page)).toHaveAttribute('aria-valuenow', '47')
  await expect(state(page)).toContainText('200 × 46')
  expect(idsOf(sink.accepted)).toEqual(storyIds)
  const { events } = await trackside.api<EventPage>('/events?limit=100&order=asc&query=accepted:yes')
  expect(sink.accepted.map((call) => call['timestamp'])).toEqual(events.map(({ timestamp }) => timestamp))
  for (const call of sink.accepted)
    expect(Date.parse(String(call['sentAt']))).toBeGreaterThanOrEqual(startedAt)

  const outcomes = page.getByRole('listbox', { name: 'Outcomes' })
  await expect(outcomes.getByRole('option').first()).toHaveText(/#1\s*page\s*Sent\s*200/)
  await page.getByRole('button', { name: /^Left out/ }).click()
  await expect(outcomes.getByRole('option')).toHaveCount(1)
  await expect(outcomes.getByRole('option')).toContainText('rejected on arrival')

  // A second time: the plan says what is there already, and can leave it out.
  await page.goto(trackside.url(`/replay/new?q=type:track+accepted:yes&to=${id}`))
  await expect(plan(page)).toContainText('32acknowledged')
  await page.getByLabel('Leave out what this destination has acknowledged before').check()
  await expect(plan(page).getByRole('heading', { level: 2 })).toHaveText('0 of 32 events to Staging')
  await expect(startButton(page)).toBeDisabled()
})

test('a replay to production takes its host name, typed', async ({ page, trackside, sink }) => {
  await tell(trackside)
  const { id } = await addDestination(trackside, { name: 'Live shop', url: sink.url, production: true })
  await addDestination(trackside, { name: 'Elsewhere', url: 'https://api.example.com/v1', production: true })
  await trackside.open(page, `/replay/new?q=user:usr_42&to=${id}`)
  const confirmation = page.getByRole('textbox', { name: 'Live shop is production' })
  await expect(startButton(page)).toHaveText('Replay 17 events to Live shop')
  await expect(startButton(page)).toBeDisabled()
  await confirmation.fill(new URL(sink.url).hostname)
  await expect(startButton(page)).toBeDisabled()
  await confirmation.press('Enter')
  await confirmation.fill('api.segment.io')
  await expect(startButton(page)).toBeDisabled()
  await confirmation.fill(hostOf(sink))
  await expect(startButton(page)).toBeEnabled()

  // What was typed for one host does not count for another.
  await page.getByRole('radio', { name: /Elsewhere/ }).check()
  await expect(startButton(page)).toHaveText('Replay 17 events to Elsewhere')
  await expect(startButton(page)).toBeDisabled()
  await page.getByRole('radio', { name: /Live shop/ }).check()
  await expect(startButton(page)).toHaveText('Replay 17 events to Live shop')
  await expect(confirmation).toHaveValue('')
  expect(sink.requests).toHaveLength(0)

  await confirmation.fill(hostOf(sink))
  await confirmation.press('Enter')
  await expect(state(page).getByText('17 sent', { exact: true })).toBeVisible()
  expect(sink.accepted).toHaveLength(17)
})

test('everything that makes a replay stands in the address, but for the key', async ({
  page,
  trackside,
  sink,
}) => {
  await tell(trackside)
  await addDestination(trackside, { url: sink.url })
  await trackside.open(page, '/replay/new?q=user:usr_42')
  await page.getByRole('radio', { name: /Play it again now/ }).check()
  await page.getByLabel('Speed').fill('nonsense')
  await page.getByLabel('Speed').press('Tab')
  await expect(page.getByLabel('Speed')).toHaveAccessibleDescription('A number from 0.01 to 10,000.')
  await expect(startButton(page)).toBeHidden()
  await page.getByLabel('Speed').fill('10')
  await page.getByText('More options').click()
  await page.getByLabel('Mask', { exact: true }).fill('email')
  await page.getByLabel('Mask', { exact: true }).press('Tab')
  await page.getByLabel('Other write key').fill('another-key-99')
  await page.getByRole('button', { name: 'Send another user id…' }).click()
  await page.getByLabel('Captured user id 1').fill('usr_42')
  await page.getByLabel('user id 1 to send').fill('usr_test')
  await page.getByLabel('user id 1 to send').press('Tab')
  await plan(page).getByRole('button', { name: 'Event 2' }).click()
  const diff = plan(page).getByRole('group', { name: 'The call before and after' })
  await expect(diff.getByText('Added: "userId": "usr_test"')).toBeVisible()
  await expect(diff.getByText('Added: "email": "***"')).toBeVisible()
  await expect(diff.getByText('Added: "replayOf": "story-1"')).toBeVisible()
  expect(page.url()).not.toContain('another-key-99')
  const address = page.url()

  await startButton(page).click()
  await expect(state(page).getByText('17 sent', { exact: true })).toBeVisible()
  await expect(state(page)).toContainText(
    'preset live, 10 times as fast, under another write key, email masked, 1 other user id',
  )
  expect(sink.requests[0]?.headers['authorization']).toBe(
    `Basic ${Buffer.from('another-key-99:').toString('base64')}`,
  )
  expect(JSON.stringify(sink.accepted)).not.toContain('jane@acme.example')
  expect(await page.content()).not.toContain('another-key-99')
  expect(JSON.stringify(await trackside.api('/replays/1'))).not.toContain('another-key-99')

  await page.goBack()
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('radio', { name: /Play it again now/ })).toBeChecked()
  await page.reload()
  await expect(plan(page).getByRole('heading', { level: 2 })).toHaveText('17 of 17 events to Staging')
  await expect(page.getByLabel('Speed')).toHaveValue('10')
  await expect(page.getByLabel('Mask', { exact: true })).toHaveValue('email')
  await expect(page.getByLabel('user id 1 to send')).toHaveValue('usr_test')
  await expect(page.getByLabel('Other write key')).toHaveValue('')
  await page.goto(trackside.url('/replay/new?q=user:('))
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(startButton(page)).toBeHidden()
})

test('what arrives after the plan is not sent along with it', async ({ page, trackside, sink }) => {
  await tell(trackside)
  const { id } = await addDestination(trackside, { url: sink.url })
  await trackside.open(page, `/replay/new?to=${id}`)
  await expect(startButton(page)).toHaveText('Replay 46 events to Staging')
  const late = { event: 'Invoice Sent', userId: 'usr_7', properties: {} }
  await trackside.send('/v1/track', { ...late, messageId: 'late-1' })
  await expect(plan(page)).toContainText('1 event arrived since')
  await page.getByRole('button', { name: 'Plan again' }).click()
  await expect(startButton(page)).toHaveText('Replay 47 events to Staging')
  await trackside.send('/v1/track', { ...late, messageId: 'late-2' })
  await expect(plan(page)).toContainText('1 event arrived since')
  await startButton(page).click()
  await expect(state(page).getByText('47 sent', { exact: true })).toBeVisible()
  expect(idsOf(sink.accepted)).toEqual([...storyIds, 'late-1'])
})

test('what a destination refuses is shown with its answer, and can be sent again alone', async ({
  page,
  trackside,
  sink,
}) => {
  await tell(trackside)
  const { id } = await addDestination(trackside, { url: sink.url })
  sink.behave(({ calls }) =>
    calls.some((call) => call['event'] === 'Send Invoice')
      ? { status: 400, body: '{"code":"unplanned","message":"Send Invoice is not planned <b>here</b>"}' }
      : {},
  )
  await trackside.open(page, `/replay/new?to=${id}&mask=currency`)
  await startButton(page).click()
  await expect(state(page).getByText('45 sent, 1 failed')).toBeVisible()
  await expect(progress(page)).toHaveAttribute('aria-valuetext', '46 of 46: 45 sent, 1 failed')
  await page.getByRole('button', { name: /^Failed/ }).click()
  const failed = page.getByRole('listbox', { name: 'Outcomes' }).getByRole('option')
  await expect(failed).toHaveCount(1)
  await expect(failed).toHaveText(/track\s*Send Invoice\s*Failed\s*400\s*1\s*\{"code":"unplanned"/)
  await failed.click()
  const why = page.getByRole('region', { name: 'Why it failed' })
  await expect(why).toContainText('It answered 400')
  await expect(why).toContainText('Send Invoice is not planned <b>here</b>')
  await expect(page).toHaveURL(/outcome=failed&event=\d+$/)
  await page.reload()
  await expect(why).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(why).toBeHidden()

  sink.behave(accept)
  await page.getByRole('button', { name: 'Replay the failed again…' }).click()
  await expect(startButton(page)).toHaveText('Replay 1 event to Staging')
  await expect(plan(page).getByText('Added: "currency": "***"')).toBeVisible()
  await startButton(page).click()
  await expect(state(page).getByText('1 sent', { exact: true })).toBeVisible()
  expect(sink.accepted.at(-1)).toMatchObject({ event: 'Send Invoice', properties: { currency: '***' } })

  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Replays 2' })).toBeVisible()
  await page.getByRole('link', { name: /^#1/ }).click()
  await expect(page.getByRole('heading', { name: 'Replay 1' })).toBeVisible()
})

test('a replay is paused, resumed and cancelled', async ({ page, trackside, sink }) => {
  await tell(trackside)
  const { id } = await addDestination(trackside, { url: sink.url, mode: 'single' })
  sink.behave(() => ({ afterMs: 200 }))
  await trackside.open(page, `/replay/new?to=${id}`)
  await startButton(page).click()
  await expect(state(page)).toContainText('running')
  await expect.poll(() => sink.accepted.length).toBeGreaterThan(2)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(state(page)).toContainText('paused')
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  sink.behave(() => ({ afterMs: 20 }))
  await page.reload()
  await expect(state(page)).toContainText('paused')
  const paused = await trackside.api<Replay>('/replays/1')
  expect(paused.sent).toBeLessThan(46)
  await page.keyboard.press('Space')
  await expect(state(page).getByText('46 sent', { exact: true })).toBeVisible()
  expect(idsOf(sink.accepted)).toEqual(storyIds)

  sink.behave(() => ({ afterMs: 200 }))
  await page.goto(trackside.url(`/replay/new?to=${id}`))
  await startButton(page).click()
  await expect(page).toHaveURL(/\/replay\/2$/)
  await expect.poll(() => sink.accepted.length).toBeGreaterThan(46)
  await page.getByRole('button', { name: 'Cancel…' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(state(page)).toContainText('running')
  await page.getByRole('button', { name: 'Cancel…' }).click()
  await expect(page.getByRole('dialog')).toContainText('will never be sent by it')
  await page.getByRole('button', { name: 'Cancel replay' }).click()
  await expect(state(page)).toContainText('cancelled')
  await expect(state(page)).toContainText('never sent')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeHidden()
  const cancelled = await trackside.api<Replay>('/replays/2')
  expect(cancelled.sent).toBeLessThan(46)
})

test('a destination that is down pauses the replay and says why', async ({ page, trackside, sink }) => {
  await tell(trackside)
  const { id } = await addDestination(trackside, { url: sink.url })
  sink.behave(() => ({ status: 401, body: 'unknown key' }))
  await trackside.open(page, `/replay/new?to=${id}`)
  await startButton(page).click()
  await expect(page.getByRole('alert')).toContainText('answered 401 (unknown key). Check the write key')
  await expect(state(page)).toContainText('paused')
  sink.behave(accept)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(state(page).getByText('46 sent', { exact: true })).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('a replay goes on after the engine was killed, and so does the page that shows it', async ({
  page,
  sink,
  failures,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'trackside-e2e-'))
  const flags = [`--port=${await freePort()}`, `--app-port=${await freePort()}`]
  const first = await startTrackside(data, ...flags)
  let second: Awaited<ReturnType<typeof startTrackside>> | null = null
  try {
    await tell(first.trackside)
    const { id } = await addDestination(first.trackside, { url: sink.url, mode: 'single' })
    sink.behave(() => ({ afterMs: 150 }))
    await first.trackside.open(page, `/replay/new?to=${id}`)
    await startButton(page).click()
    await expect.poll(() => sink.accepted.length).toBeGreaterThan(3)
    await first.stop('SIGKILL')
    await expect(page.getByText('the engine does not answer')).toBeVisible()
    sink.behave(accept)
    second = await startTrackside(data, ...flags)
    expect(second.trackside.address).toMatchObject({ app: first.trackside.address.app })
    await expect(state(page).getByText('46 sent', { exact: true })).toBeVisible()
    await expect(progress(page)).toHaveAttribute('aria-valuenow', '46')
    // What was under way at the kill comes again under the same messageId; nothing else does, and nothing is lost.
    expect(new Set(idsOf(sink.accepted))).toEqual(new Set(storyIds))
    expect(sink.accepted.length).toBeLessThanOrEqual(47)
    // A browser complains of every refused connection by itself.
    await page.close()
    const complaints = failures.filter((text) => !/ERR_CONNECTION_REFUSED|WebSocket/.test(text))
    expect(complaints).toEqual([])
    failures.length = 0
  } finally {
    await first.stop('SIGKILL')
    await second?.stop()
    rmSync(data, { recursive: true, force: true })
  }
})

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual(
      [],
    )
  }
}

async function expectToFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  // 200 % of 1440 × 900.
  { width: 720, height: 450 },
]) {
  test(`every step is for everyone, ${viewport.width} pixels wide`, async ({ page, trackside, sink }) => {
    // axe reads the whole page a dozen times.
    test.slow()
    await page.setViewportSize(viewport)
    await tell(trackside)
    await trackside.open(page, '/replay')
    await page.getByText('Where may captured events go?').waitFor()
    await expectAccessible(page)
    await expectToFit(page)

    const { id } = await addDestination(trackside, { url: sink.url, production: true })
    sink.behave(({ calls }) =>
      calls.some((call) => call['event'] === 'Send Invoice') ? { status: 400 } : {},
    )
    await page.goto(trackside.url(`/replay/new?q=user:usr_7&to=${id}&preset=live&mask=email`))
    await plan(page).getByRole('heading', { level: 2 }).waitFor()
    await expectAccessible(page)
    await expectToFit(page)
    await page.getByRole('textbox', { name: 'Staging is production' }).fill(hostOf(sink))
    await startButton(page).click()

    await expect(state(page)).toContainText('done')
    await page.getByRole('button', { name: /^Failed/ }).click()
    await page.getByRole('option').filter({ hasText: 'Failed' }).click()
    await page.getByRole('region', { name: 'Why it failed' }).waitFor()
    await expectAccessible(page)
    await expectToFit(page)

    await page.goto(trackside.url('/replay'))
    await page.getByRole('link', { name: /^#1/ }).waitFor()
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText('It answered 200').waitFor()
    await expectAccessible(page)
    await expectToFit(page)
    await page.getByRole('button', { name: 'Change Staging' }).click()
    await page.getByRole('dialog').getByText('Rate, batches and headers').click()
    await expectAccessible(page)
  })
}
