import { AxeBuilder } from '@axe-core/playwright'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from './trackside.ts'

const accessibility = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('Connect shows lines for this machine and says when the first call came', async ({
  page,
  trackside,
}) => {
  await trackside.open(page, '/connect')
  await page
    .getByRole('navigation', { name: 'SDKs' })
    .getByRole('link', { name: /Node\.js.*analytics-node/ })
    .first()
    .click()
  await expect(page.getByLabel('the code', { exact: true })).toContainText(
    `host: '${trackside.address.capture}'`,
  )
  await expect(page.getByText('Waiting for the first call')).toBeVisible()
  await trackside.send('/v1/track', {
    writeKey: 'api',
    userId: '42',
    event: 'Invoice Sent',
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
  })
  await expect(page.getByText('The first call is here')).toBeVisible()
  await page.getByRole('link', { name: /Invoice Sent/ }).click()
  await expect(page).toHaveURL(/\/live\?event=1$/)
})

test('the line for curl works as it is copied', async ({ page, trackside, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await trackside.open(page, '/connect/curl')
  await page.getByRole('button', { name: 'Copy the code' }).click()
  const line = await page.evaluate(() => navigator.clipboard.readText())
  const { stdout } = await promisify(execFile)('sh', ['-c', line])
  expect(stdout).toBe('{"success":true}')
  await expect(page.getByText('The first call is here')).toBeVisible()
})

test('Connect tells of a call that came but could not be read', async ({ page, trackside }) => {
  await trackside.open(page, '/connect/node')
  await expect(page.getByText('Waiting for the first call')).toBeVisible()
  await trackside.send('/v1/track', '{"event": "Invoice Sent"')
  await expect(page.getByText('Something arrived that could not be read')).toBeVisible()
})

test('a page without the token asks for it, and takes the address that the engine prints', async ({
  page,
  trackside,
  failures,
}) => {
  await page.goto(`${trackside.address.app}/users`)
  await expect(page.getByRole('heading', { name: 'This page needs the token' })).toBeVisible()
  await page.getByLabel('Address or token').fill('not the token')
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('heading', { name: 'This page needs the token' })).toBeVisible()
  await page.getByLabel('Address or token').fill(trackside.url())
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'capturing' })).toBeVisible()
  expect(page.url()).not.toContain(trackside.address.token)
  // The browser itself writes a line about each 401, which is what is tested here.
  failures.splice(0)
})

test('Settings shows where the data is, analyses it anew and deletes it after asking', async ({
  page,
  trackside,
}) => {
  await trackside.send('/v1/track', { writeKey: 'web', userId: '42', event: 'send_invoice' })
  await trackside.open(page, '/settings')
  await expect(page.getByText(trackside.address.data, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Analyse everything anew' }).click()
  await expect(page.getByText('Done.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete all events…' }).click()
  await page.getByRole('button', { name: 'Keep them' }).click()
  expect((await trackside.api<{ events: number }>('/status')).events).toBe(1)
  await page.getByRole('button', { name: 'Delete all events…' }).click()
  await page.getByRole('button', { name: 'Delete 1 event' }).click()
  await expect(page.getByText('Deleted 1 event.', { exact: true })).toBeVisible()
  expect((await trackside.api<{ events: number }>('/status')).events).toBe(0)
})

test('the theme is chosen once and stays', async ({ page, trackside }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await trackside.open(page, '/settings')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('radio', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('the palette finds views, people and names, and every shortcut is listed', async ({
  page,
  trackside,
}) => {
  await trackside.send('/v1/identify', { writeKey: 'web', userId: '42', traits: { name: 'Jane Cooper' } })
  await trackside.analysed()
  await trackside.open(page, '/settings')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('jane')
  await expect(page.getByRole('option', { name: /Jane Cooper/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/users\/42$/)
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/settings$/)
})

test('the first steps lead to the views, and can be skipped for good', async ({ page, trackside }) => {
  await trackside.open(page, '/settings')
  const steps = page.getByRole('region', { name: 'First steps' })
  await expect(steps).toContainText('Send a first call')
  await steps.getByRole('button', { name: 'Next' }).click()
  await expect(steps).toContainText('Look at it')
  await steps.getByRole('button', { name: 'Skip' }).click()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(steps).toHaveCount(0)
})

for (const theme of ['dark', 'light'] as const) {
  for (const path of ['/connect/browser', '/settings']) {
    test(`${path} is accessible in the ${theme} theme`, async ({ page, trackside }) => {
      await page.emulateMedia({ colorScheme: theme })
      await trackside.open(page, path)
      const { violations } = await new AxeBuilder({ page }).withTags(accessibility).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
    })
  }
}
