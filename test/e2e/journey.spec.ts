import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { gunzipSync } from 'node:zlib'
import { Analytics } from '@segment/analytics-node'
import { expect, test } from './trackside.ts'

interface Batch {
  batch: { event?: string; messageId: string; timestamp: string }[]
  sentAt: string
}

/** A destination on this machine that takes everything and remembers it. */
async function openSink(): Promise<{ url: string; batches: Batch[]; close: () => void }> {
  const batches: Batch[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
      batches.push(JSON.parse(text.toString()) as Batch)
      response.setHeader('Content-Type', 'application/json')
      response.end('{"success":true}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    batches,
    close: () => server.close(),
  }
}

test('a person sees a call arrive, follows its user, its account and its problem, and replays it', async ({
  page,
  trackside,
}) => {
  await trackside.open(page)

  // The page is open; a real SDK sends.
  const analytics = new Analytics({ writeKey: 'api', host: trackside.address.capture })
  const context = { groupId: 'acme' }
  analytics.identify({ userId: '42', traits: { name: 'Jane Cooper' } })
  analytics.group({ userId: '42', groupId: 'acme', traits: { name: 'Acme, Inc.' } })
  analytics.track({ userId: '42', event: 'Send Invoice', properties: { total_amount: '123.45' }, context })
  await analytics.closeAndFlush()

  const list = page.getByRole('listbox')
  const call = list.getByRole('option').filter({ hasText: 'Send Invoice' })
  await expect(call).toBeVisible()
  await expect(call).toContainText('Jane Cooper')
  await expect(call).toContainText('Acme, Inc.')

  // What is wrong with it, and what it should be.
  await call.click()
  const event = page.getByRole('complementary')
  await expect(event.getByRole('heading', { name: 'Send Invoice', exact: true })).toBeVisible()
  await expect(event).toContainText('Invoice Sent')

  // Its user, then its account.
  await event.getByRole('link', { name: 'Jane Cooper' }).first().click()
  await expect(page).toHaveURL(/\/users\/42/)
  await expect(page.getByRole('heading', { name: 'Jane Cooper' })).toBeVisible()
  await expect(page.getByRole('option').filter({ hasText: 'Send Invoice' })).toBeVisible()
  await page.getByRole('link', { name: 'Acme, Inc.' }).first().click()
  await expect(page).toHaveURL(/\/accounts\/acme/)
  await expect(page.getByRole('option').filter({ hasText: 'Send Invoice' })).toBeVisible()

  // The problem, and its suggestion.
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\/problems/)
  await page.getByRole('link', { name: 'Send Invoice' }).first().click()
  await expect(page.getByRole('complementary').getByText('Invoice Sent').first()).toBeVisible()

  // To a destination.
  const sink = await openSink()
  const { id } = await trackside.api<{ id: number }>('/destinations', {
    method: 'POST',
    body: { name: 'Staging', url: sink.url, writeKey: 'staging' },
  })
  await page.goto(`${trackside.address.app}/replay/new?q=user%3A42&to=${id}`)
  const start = page.getByRole('button', { name: /^Replay 3 events/ })
  await expect(start).toBeEnabled()
  await start.click()
  await expect(page).toHaveURL(/\/replay\/1/)
  await expect(page.getByText('3 sent').first()).toBeVisible()
  expect(sink.batches.flatMap(({ batch }) => batch.map((one) => one.event ?? null))).toEqual([
    null,
    null,
    'Send Invoice',
  ])
  sink.close()
})
