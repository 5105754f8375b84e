import { AxeBuilder } from '@axe-core/playwright'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Status } from '../../shared/contract/schemas.ts'
import { expect, test } from './trackside.ts'

const accessibility = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('https is switched on from Settings, and its lines work as they are copied', async ({
  page,
  trackside,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await trackside.open(page, '/settings')
  const section = page.getByRole('region', { name: 'Capture over https' })
  await expect(section.getByRole('status')).toHaveText('Off')
  await section.getByRole('button', { name: 'Switch https on' }).click()
  await expect(section.getByRole('status')).toHaveText('On')

  const { https } = (await trackside.api<Status>('/status')).capture
  if (https === null) throw new Error('https is off')
  for (const shown of [https.url, https.caFile, https.fingerprint]) {
    await expect(section.getByText(shown, { exact: true }).first()).toBeVisible()
  }
  await section.getByLabel('Trust it in').selectOption({ label: 'curl' })
  await section.getByRole('button', { name: 'Copy line 1 for curl' }).click()
  const line = await page.evaluate(() => navigator.clipboard.readText())
  const { stdout } = await promisify(execFile)('sh', ['-c', line])
  expect(stdout).toBe('{"success":true}')
  expect((await trackside.analysed()).events).toBe(1)

  const download = page.waitForEvent('download')
  await section.getByRole('button', { name: 'Download the certificate' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('trackside-ca.pem')
  expect(readFileSync(await saved.path(), 'utf8')).toBe(readFileSync(https.caFile, 'utf8'))

  await section.getByRole('button', { name: 'Switch https off' }).click()
  await expect(section.getByRole('status')).toHaveText('Off')
  expect((await trackside.api<Status>('/status')).capture.https).toBeNull()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the section has no accessibility mistakes that axe finds, ${colorScheme}`, async ({
    page,
    trackside,
  }) => {
    await page.emulateMedia({ colorScheme })
    await trackside.api('/settings', { method: 'PATCH', body: { https: true } })
    await trackside.open(page, '/settings')
    const section = page.getByRole('region', { name: 'Capture over https' })
    for (const guide of ['Node.js', 'Android', 'iPhone, iPad']) {
      await section.getByLabel('Trust it in').selectOption({ label: guide })
      const { violations } = await new AxeBuilder({ page }).withTags(accessibility).analyze()
      expect(violations).toEqual([])
    }
  })
}
