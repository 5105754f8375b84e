import { AxeBuilder } from '@axe-core/playwright'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { encode } from 'uqr'
import type { Status } from '../../shared/contract/schemas.ts'
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

test('the first call is known by the half of a write key that is no secret', async ({ page, trackside }) => {
  await trackside.open(page, '/connect/jitsu')
  await expect(page.getByLabel('Write key')).toHaveValue('web:secret')
  await expect(page.getByText('Waiting for the first call')).toBeVisible()
  const call = { userId: '42', event: 'Invoice Sent', context: { library: { name: '@jitsu/js' } } }
  await trackside.send('/api/s/track', call, { 'x-write-key': 'web:secret' })
  await expect(page.getByText('The first call is here')).toBeVisible()
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

test('the list of SDKs is searched by keyboard, and the address shows what was chosen', async ({
  page,
  trackside,
}) => {
  await trackside.open(page, '/connect')
  await page.keyboard.press('/')
  await page.keyboard.type('kotl')
  const list = page.getByRole('navigation', { name: 'SDKs' })
  await expect(list.getByRole('link')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/connect\/kotlin$/)
  await expect(page.getByRole('region', { name: 'https' })).toContainText('--https')
  await page.getByRole('radio', { name: 'Over http, with a factory' }).click()
  await page.getByLabel('Write key').fill('shop')
  await expect(page).toHaveURL(/lines=http/)
  await page.reload()
  await expect(page.getByLabel('the code', { exact: true })).toContainText('Analytics("shop"')
  await expect(page.getByLabel('the code', { exact: true })).toContainText('requestFactory')
  await expect(page.getByRole('region', { name: 'https' })).toHaveCount(0)
  await page.goBack()
  await expect(page).toHaveURL(/\/connect$/)
})

test('a write key can be emptied and typed anew', async ({ page, trackside }) => {
  await trackside.open(page, '/connect/ruby?lines=http&key=shop')
  const key = page.getByLabel('Write key')
  await key.fill('')
  await expect(key).toHaveValue('')
  await key.pressSequentially("a'b")
  await expect(page.getByLabel('the code', { exact: true })).toContainText("write_key: 'ab'")
})

test('an emulator of Android has its own address for this machine', async ({ page, trackside }) => {
  await trackside.open(page, '/connect/react-native')
  const code = page.getByLabel('the code', { exact: true })
  await expect(code).toContainText(`proxy: '${trackside.address.capture}'`)
  const { port } = new URL(trackside.address.capture)
  await page.getByLabel('Address').selectOption(`http://10.0.2.2:${port}`)
  await expect(code).toContainText(`proxy: 'http://10.0.2.2:${port}'`)
  await expect(page).toHaveURL(/address=http/)
})

test('for a phone Connect says how to open capture to the network, and what that means', async ({
  page,
  trackside,
}) => {
  await trackside.open(page, '/connect/swift')
  const phone = page.getByRole('region', { name: 'On a phone' })
  await expect(phone).toContainText('--host 0.0.0.0')
  await expect(phone).toContainText('everybody in this network can send calls here')
  await expect(page.getByRole('img', { name: /QR code/ })).toHaveCount(0)
})

test.describe('with capture open to the network', () => {
  test.use({ flags: ['--host', '0.0.0.0'] })

  test('a phone scans the address that the lines can carry', async ({ page, trackside }) => {
    await trackside.open(page, '/connect/react-native')
    const { capture } = await trackside.api<Status>('/status')
    const [, network = ''] = capture.urls
    const image = page.getByRole('img', { name: `QR code of ${network}` })
    await expect(image).toBeVisible()
    await page.getByLabel('Address').selectOption(network)
    await expect(page.getByLabel('the code', { exact: true })).toContainText(`proxy: '${network}'`)
    // What a scanner sees: each run of dark modules, drawn over the light ground.
    const path = (await image.locator('path').getAttribute('d')) ?? ''
    const { data } = encode(network, { ecc: 'M', border: 4 })
    const drawn = data.map((row) => row.map(() => false))
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width))
    }
    expect(drawn).toEqual(data)
    await fetch(`${network}/`, { headers: { accept: 'text/html' } })
    await expect(page.getByRole('region', { name: 'The first call' })).toContainText(
      'has opened this address',
    )
  })
})

test.describe('with capture over https', () => {
  test.use({ flags: ['--https', '--https-port=0'] })

  test('lines that need https carry its address, and say how their platform trusts it', async ({
    page,
    trackside,
  }) => {
    await trackside.open(page, '/connect/php')
    const { capture } = await trackside.api<Status>('/status')
    const host = new URL(capture.https?.url ?? '').host
    await expect(page.getByLabel('the code', { exact: true })).toContainText(`'host' => '${host}'`)
    const https = page.getByRole('region', { name: 'https' })
    await expect(https.getByLabel('Trust it in')).toHaveValue('php')
    await expect(https).toContainText('curl.cainfo')
  })
})

test('all of Connect is there in a window of 1024 pixels', async ({ page, trackside }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await trackside.open(page, '/connect/browser')
  const card = page.getByRole('region', { name: 'The first call' })
  await card.scrollIntoViewIfNeeded()
  await expect(card).toBeInViewport()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
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

test('the first steps go on to the next when a first call has come', async ({ page, trackside }) => {
  await trackside.open(page, '/settings')
  const steps = page.getByRole('region', { name: 'First steps' })
  await expect(steps).toContainText('1 of 3')
  await trackside.send('/v1/track', { event: 'Invoice Sent', userId: 'user_1' })
  await expect(steps).toContainText('2 of 3')
  await expect(steps).toContainText('Look at it')
  await steps.getByRole('button', { name: 'Next' }).click()
  await expect(steps).toContainText('Make it better')
})

for (const theme of ['dark', 'light'] as const) {
  for (const path of ['/connect/browser', '/connect/kotlin', '/settings']) {
    test(`${path} is accessible in the ${theme} theme`, async ({ page, trackside }) => {
      await page.emulateMedia({ colorScheme: theme })
      await trackside.send('/v1/v1/batch', {})
      await trackside.open(page, path)
      await trackside.send('/v1/track', '{')
      if (path !== '/settings')
        await expect(page.getByText('A call came, and could not be read')).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).withTags(accessibility).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
    })
  }
}
