import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { tellStory } from '../fixtures/story/story.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

/** What travels on the page's line to the engine: a request and its answer have one number. */
interface Message {
  i: string
  p?: { u?: string; b?: unknown }
}

/**
 * Holds back the answers to what is asked of `path` with these words in it, until they are let go. To be called before
 * the page is opened.
 */
async function holdAnswers(
  page: Page,
  path: string,
  words: string,
): Promise<{ release: () => Promise<void> }> {
  const held: (() => void)[] = []
  let isHolding = true
  await page.routeWebSocket('**/api/ws', (line) => {
    const engine = line.connectToServer()
    const late = new Set<string>()
    line.onMessage((message) => {
      const { i, p } = JSON.parse(String(message)) as Message
      if (p?.u?.endsWith(path) === true && JSON.stringify(p.b).includes(words)) late.add(i)
      engine.send(message)
    })
    engine.onMessage((message) => {
      const { i } = JSON.parse(String(message)) as Message
      if (isHolding && late.has(i)) held.push(() => line.send(message))
      else line.send(message)
    })
  })
  return {
    release: async () => {
      await expect.poll(() => held.length).toBeGreaterThan(0)
      isHolding = false
      for (const letGo of held) letGo()
    },
  }
}

const tell = async (trackside: Trackside): Promise<void> => {
  await tellStory((path, body) => trackside.send(path, body), Date.now())
  await trackside.analysed()
}

test('the sentence about problems is of the source that is chosen, whichever answer comes last', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  const late = await holdAnswers(page, '/problems/list', '"source":"api-node"')
  await trackside.open(page, '/problems')
  const sentence = page.getByText(/^\d+ problems? in \d+ events/)
  await expect(sentence).toContainText('5 problems')
  const source = page.getByRole('combobox', { name: 'Source' })
  await source.selectOption('api-node')
  await source.selectOption('web')
  await expect(sentence).toContainText('4 problems')
  await late.release()
  // What is asked after it is answered after it.
  await source.blur()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('jane')
  await expect(page.getByRole('option', { name: /Jane Cooper/ })).toBeVisible()
  await expect(sentence).toContainText('4 problems')
})

test('the first call of one SDK is not taken for that of another', async ({ page, trackside }) => {
  const late = await holdAnswers(page, '/events/list', 'source:web')
  await trackside.open(page, '/connect/node')
  const card = page.getByRole('region', { name: 'The first call' })
  await expect(card).toContainText('Waiting for the first call')
  await trackside.send('/v1/track', {
    ...{ messageId: randomUUID(), writeKey: 'api', userId: '42', event: 'Invoice Sent' },
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
  })
  await expect(card).toContainText('The first call is here')
  await page.getByRole('navigation', { name: 'SDKs' }).getByRole('link').first().click()
  await expect(card).toContainText('Waiting for the first call')
  await late.release()
})

test('what is usual under one name is not said of another that nothing is known of', async ({
  page,
  trackside,
}) => {
  const track = (event: string, total: unknown): Promise<Response> =>
    trackside.send('/v1/track', {
      ...{ messageId: randomUUID(), writeKey: 'web', userId: '42', event },
      properties: { total },
    })
  for (let sent = 0; sent < 4; sent += 1) await track('Order Completed', 12.5 + sent)
  await track('Order Completed', 'a dozen')
  // It should be called Invoice Sent, and nothing is.
  await track('Send Invoice', 'a dozen')
  await trackside.analysed()
  await trackside.open(page, '/live?event=5')
  const panel = page.getByRole('complementary', { name: 'Event' })
  await expect(panel).toContainText('usually number')
  await page.getByRole('option').filter({ hasText: 'Send Invoice' }).click()
  await expect(panel.getByRole('heading', { name: 'Send Invoice', exact: true })).toBeVisible()
  await expect(panel).toContainText('a dozen')
  await expect(panel).not.toContainText('usually number')
})

test('what is deleted is what was counted, also when the query changes while the question stands', async ({
  page,
  trackside,
}) => {
  await tell(trackside)
  await trackside.open(page, '/live?q=account:globex')
  await expect(page.getByRole('button', { name: /^Replay \d+…$/ })).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Query' })
  await field.fill('account:initech')
  await field.press('Enter')
  await expect(page.getByRole('button', { name: 'Replay 11…' })).toBeVisible()
  await page.getByRole('button', { name: 'More to do with these events' }).click()
  await page.getByRole('menuitem', { name: 'Delete all that match…' }).click()
  await expect(page.getByRole('dialog', { name: 'Delete 11 events?' })).toBeVisible()
  await page.goBack()
  const { events } = await trackside.api<{ events: unknown[] }>('/events?query=account:globex')
  expect(events.length).not.toBe(11)
  const dialog = page.getByRole('dialog', { name: `Delete ${events.length} events?` })
  await dialog.getByRole('button', { name: `Delete ${events.length} events` }).click()
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
})
