import { get } from 'node:https'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './trackside.ts'

// What Connect says while no call comes, from what really reached the port.

const card = (page: Page) => page.getByRole('region', { name: 'The first call' })
const reached = (page: Page) => page.getByRole('region', { name: 'What else reached this port' })

test.beforeEach(async ({ page, trackside }) => {
  await trackside.open(page, '/connect/node')
  await expect(card(page)).toContainText('Waiting for the first call')
  await expect(reached(page)).toContainText('Nothing but calls')
})

test('https on the http port is told from the first byte', async ({ page, trackside }) => {
  const request = get(trackside.address.capture.replace('http:', 'https:') + '/v1/batch')
  await once(request, 'error')
  await expect(
    card(page).getByRole('heading', { name: 'Something speaks https to the http port' }),
  ).toBeVisible()
  await expect(card(page)).toContainText(`Give host the address with http: ${trackside.address.capture}`)
  await expect(reached(page)).toContainText('https on the http port')
})

test('settings that are fetched, and no call after them, point at the rest of the lines', async ({
  page,
  trackside,
}) => {
  await page
    .getByRole('link', { name: /analytics-next/ })
    .first()
    .click()
  await fetch(`${trackside.address.capture}/v1/projects/web/settings`)
  await expect(reached(page)).toContainText('settings fetched')
  await expect(
    card(page).getByRole('heading', { name: 'Settings were fetched, but no call came' }),
  ).toBeVisible()
  await expect(card(page)).toContainText('Check the rest of cdnURL and apiHost')
  await trackside.send('/v1/t', {
    writeKey: 'web',
    userId: '42',
    event: 'Invoice Sent',
    context: { library: { name: 'analytics.js', version: 'npm:next-1.84.3' } },
  })
  await expect(card(page)).toContainText('The first call is here')
})

test('settings under another write key offer to wait for that one', async ({ page, trackside }) => {
  await page
    .getByRole('link', { name: /analytics-next/ })
    .first()
    .click()
  await fetch(`${trackside.address.capture}/v1/projects/shop/settings`)
  await card(page).getByRole('button', { name: 'Wait for shop' }).click()
  await expect(page.getByLabel('Write key')).toHaveValue('shop')
  await expect(page).toHaveURL(/key=shop/)
})

test('a preflight that nothing follows is told with its page', async ({ page, trackside }) => {
  await fetch(`${trackside.address.capture}/v1/t`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
  })
  await expect(card(page)).toContainText('A page asked whether it may send to /v1/t, and sent nothing')
  await expect(card(page)).toContainText('https://shop.example')
})

test('a path that came out wrong is told with what is too much of it', async ({ page, trackside }) => {
  await trackside.send('/v1/v1/batch', { batch: [] })
  await trackside.send('/v1/v1/batch', { batch: [] })
  await expect(card(page).getByRole('heading', { name: 'POST /v1/v1/batch leads nowhere' })).toBeVisible()
  await expect(card(page)).toContainText('its address has /v1 too much')
  await expect(reached(page)).toContainText('× 2')
})

test('a call under another write key is offered as the one that is meant', async ({ page, trackside }) => {
  await trackside.send('/v1/track', {
    writeKey: 'billing',
    userId: '42',
    event: 'Invoice Sent',
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
  })
  await expect(
    card(page).getByRole('heading', { name: 'Calls of this SDK arrive, under the write key billing' }),
  ).toBeVisible()
  await card(page).getByRole('button', { name: 'Wait for billing' }).click()
  await expect(card(page)).toContainText('The first call is here')
  await card(page)
    .getByRole('link', { name: /Invoice Sent/ })
    .click()
  await expect(page).toHaveURL(/\/live\?event=1$/)
})

test('a call of another SDK leads to the lines of that one', async ({ page, trackside }) => {
  await trackside.send('/v1/track', {
    writeKey: 'api',
    userId: '42',
    event: 'Invoice Sent',
    context: { library: { name: 'analytics-python', version: '2.3.4' } },
  })
  await expect(card(page)).toContainText('Calls arrive from analytics-python, under the write key api')
  await card(page).getByRole('link', { name: 'Lines for Python' }).click()
  await expect(page).toHaveURL(/\/connect\/python$/)
})

test('a call that could not be read is told with the reason, and can be looked at', async ({
  page,
  trackside,
}) => {
  await trackside.send('/v1/track', '{"event": "Invoice Sent"')
  await expect(card(page)).toContainText('A call came, and could not be read')
  await expect(card(page)).toContainText('The body is not JSON')
  await card(page).getByRole('link', { name: 'Look at the call' }).click()
  await expect(page).toHaveURL(/\/live\?event=1$/)
})

test('a sender that hangs up in the middle of its call is told', async ({ page, trackside }) => {
  const { hostname, port } = new URL(trackside.address.capture)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.end('POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n{"batch":')
  await once(socket.resume(), 'close')
  await expect(card(page)).toContainText('A sender hung up in the middle of a call')
})

test('a phone that opens the address proves that the way is free', async ({ page, trackside }) => {
  await fetch(`${trackside.address.capture}/`, { headers: { accept: 'text/html' } })
  await expect(card(page)).toContainText('has opened this address')
  await expect(reached(page)).toContainText('opened in a browser')
})

test('what a sender writes into its request is text, and nothing else', async ({ page, trackside }) => {
  await fetch(`${trackside.address.capture}/<img src=x onerror=alert(1)>/v1/t`, {
    method: 'POST',
    headers: { 'user-agent': '<b>sdk</b>' },
  })
  await expect(reached(page)).toContainText('<b>sdk</b>')
  await expect(reached(page).locator('img, b')).toHaveCount(0)
})
