import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { EventPage } from '../../shared/contract/schemas.ts'
import type { Fault, Settings } from '../../shared/contract/settings.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const themes = ['dark', 'light'] as const

const invoice = (messageId: string): object => ({
  writeKey: 'web',
  type: 'track',
  event: 'Invoice Sent',
  userId: 'usr_42',
  messageId,
  properties: { total_amount: 120.5, currency: 'EUR' },
})

/** Sends as an SDK does that tries again; gives the status of each answer. */
async function sendAgain(trackside: Trackside, times: number): Promise<number[]> {
  const heard: number[] = []
  for (let attempt = 0; attempt < times; attempt += 1) {
    const headers: Record<string, string> = attempt === 0 ? {} : { 'x-retry-count': String(attempt) }
    heard.push((await trackside.send('/v1/track', invoice('m-1'), headers)).status)
  }
  return heard
}

const setFaults = (trackside: Trackside, faults: Fault[]): Promise<Settings> =>
  trackside.api('/settings', { method: 'PATCH', body: { faults } })

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test.describe('a fault on purpose', () => {
  test('is added, meets its calls, is told everywhere, and ends with a switch', async ({
    page,
    trackside,
  }) => {
    await trackside.open(page, '/settings')
    const section = page.getByRole('region', { name: 'Faults on purpose' })
    await section.getByRole('button', { name: 'Add a fault…' }).click()
    const form = section.getByRole('form', { name: 'A new fault' })
    await form.getByLabel('What the SDK hears').selectOption({ label: '429 Too Many Requests' })
    await form.getByLabel('Retry-After, in seconds').fill('5')
    await form.getByLabel('Source').fill('web')
    await form.getByRole('button', { name: 'Add and switch on' }).click()
    const fault = section.getByRole('switch', {
      name: '429 Too Many Requests, Retry-After 5 s for the first 2 attempts at each call of web',
    })
    await expect(fault).toBeChecked()
    await expect(section.getByRole('status')).toContainText('is added. 1 fault on.')
    await expect(section.getByRole('button', { name: 'Add a fault…' })).toBeFocused()

    expect(await sendAgain(trackside, 3)).toEqual([429, 429, 200])
    await trackside.analysed()
    await section.getByRole('link', { name: 'What was answered on purpose' }).click()
    await expect(page.getByText('Answered with 429 on purpose')).toHaveCount(2)
    const reminder = page.getByRole('contentinfo').getByRole('link', { name: '1 fault on' })
    await reminder.click()
    await expect(section).toBeInViewport()

    await fault.click()
    await expect(fault).not.toBeChecked()
    await expect(reminder).toBeHidden()
    await expect(section.getByRole('status')).toHaveText(
      'Switched off. All calls are answered as they should be.',
    )
    expect(await sendAgain(trackside, 1)).toEqual([200])
  })

  test('is changed, removed and put back by keyboard', async ({ page, trackside }) => {
    await trackside.open(page, '/settings')
    const section = page.getByRole('region', { name: 'Faults on purpose' })
    await section.getByRole('button', { name: 'Add a fault…' }).press('Enter')
    await expect(section.getByLabel('What the SDK hears')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(section.getByRole('button', { name: 'Add a fault…' })).toBeFocused()
    await page.keyboard.press('Enter')
    await section.getByLabel('What the SDK hears').selectOption({ label: 'A slow answer' })
    await section.getByLabel('How late, in seconds').fill('0.5')
    await section.getByLabel('When').selectOption({ label: 'A share of the requests' })
    await section.getByLabel('Share, in percent').fill('120')
    await page.keyboard.press('Enter')
    await expect(section.getByRole('alert')).toHaveText('A share from 0 to 100 %.')
    await expect(section.getByLabel('Share, in percent')).toBeFocused()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('50')
    await page.keyboard.press('Enter')
    await expect(
      section.getByRole('switch', { name: '200 after 500 ms for 50 % of the requests' }),
    ).toBeChecked()

    await section.getByRole('button', { name: 'Change 200 after 500 ms' }).press('Enter')
    await section.getByLabel('What the SDK hears').selectOption({ label: 'No answer at all' })
    await section.getByRole('button', { name: 'Save' }).press('Enter')
    const hang = section.getByRole('switch', { name: 'No answer at all for 50 % of the requests' })
    await expect(hang).toBeChecked()
    await section.getByRole('button', { name: 'Remove No answer at all' }).press('Enter')
    await expect(hang).toBeHidden()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(hang).toBeChecked()
    expect((await trackside.api<Settings>('/settings')).faults).toEqual([
      { on: true, source: null, answer: { kind: 'hang' }, when: { kind: 'share', percent: 50 } },
    ])
  })

  test('shows with the event, beside all that was tried', async ({ page, trackside }) => {
    await setFaults(trackside, [
      {
        on: true,
        source: null,
        answer: { kind: 'status', status: 503, retryAfterSeconds: 5 },
        when: { kind: 'firstAttempts', attempts: 2 },
      },
    ])
    expect(await sendAgain(trackside, 3)).toEqual([503, 503, 200])
    await trackside.analysed()
    await trackside.open(page, '/live?event=2&tab=request')
    const panel = page.getByRole('complementary')
    await expect(panel).toContainText('Answered with 503, on purpose, Retry-After 5 s.')
    await expect(panel).toContainText('HTTP/1.1 over http')
    await expect(panel).toContainText(/connection \d+, \d+(st|nd|rd|th) request/)
    const attempts = panel.getByRole('list', { name: '3 deliveries of this messageId' })
    await expect(attempts.getByRole('listitem')).toHaveText([
      /503/,
      /503.*X-Retry-Count 1/,
      /200.*X-Retry-Count 2/,
    ])
    await attempts.getByRole('link', { name: /200/ }).click()
    await expect(panel).toContainText('Answered with 200.')
    await expect.poll(() => new URL(page.url()).searchParams.get('event')).toBe('3')
    await page.goBack()
    await expect(panel).toContainText('Answered with 503, on purpose')
  })

  for (const theme of themes) {
    test(`can be read and used by everyone, in the ${theme} theme`, async ({ page, trackside }) => {
      await setFaults(trackside, [
        { on: true, source: 'web', answer: { kind: 'reset' }, when: { kind: 'firstRequests', requests: 1 } },
        { on: false, source: null, answer: { kind: 'hang' }, when: { kind: 'share', percent: 5 } },
        {
          on: true,
          source: null,
          answer: { kind: 'status', status: 503, retryAfterSeconds: null },
          when: { kind: 'firstAttempts', attempts: 1 },
        },
      ])
      await expect(trackside.send('/v1/track', invoice('m-0'))).rejects.toThrow('fetch failed')
      await sendAgain(trackside, 2)
      await trackside.analysed()
      await page.emulateMedia({ colorScheme: theme })
      await trackside.open(page, '/settings')
      const section = page.getByRole('region', { name: 'Faults on purpose' })
      await expect(section.getByRole('switch')).toHaveCount(3)
      await expectNoViolations(page)
      await section.getByRole('button', { name: 'Add a fault…' }).click()
      await expectNoViolations(page)
      await trackside.open(page, '/live?event=2&tab=request')
      await expect(page.getByRole('list', { name: '2 deliveries of this messageId' })).toBeVisible()
      await expectNoViolations(page)
    })
  }
})

test.describe('a body that could not be read', () => {
  test('shows where it breaks, and what stood before', async ({ page, trackside }) => {
    await trackside.send('/v1/track', '{"writeKey":"web","type":"track","event":"Invoice Sent",}')
    const { events } = await trackside.api<EventPage>('/events')
    await trackside.open(page, `/live?event=${events[0]?.id ?? 0}`)
    const broken = page.getByRole('region', { name: 'Where it breaks' })
    await expect(broken).toContainText('Line 1, column 57: a key in double quotes is missing.')
    await expect(broken.getByRole('region', { name: 'The text around it' }).locator('mark')).toHaveText('}')
    await expect(broken).toContainText('"Invoice Sent"')
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      await expectNoViolations(page)
    }
  })

  test('shows its bytes where it is no text', async ({ page, trackside }) => {
    await fetch(`${trackside.address.capture}/v1/track`, {
      method: 'POST',
      body: new Uint8Array([0x1f, 0x00, 0xff, 0x48, 0x69]),
    })
    const { events } = await trackside.api<EventPage>('/events')
    await trackside.open(page, `/live?event=${events[0]?.id ?? 0}`)
    await expect(page.getByRole('region', { name: 'What was sent' })).toContainText('1f 00 ff 48 69')
    await expect(page.getByRole('region', { name: 'What was sent' })).toContainText('...Hi')
  })
})
