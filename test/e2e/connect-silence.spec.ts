import { expect, test } from './trackside.ts'

test('where nothing comes at all, Connect says where to look after a while', async ({ page, trackside }) => {
  await page.clock.install()
  await trackside.open(page, '/connect/kotlin?lines=http')
  const card = page.getByRole('region', { name: 'The first call' })
  await page.clock.runFor(15_000)
  await expect(card).toContainText('Waiting for the first call')
  await expect(card).not.toContainText('Nothing has reached this port')
  await page.clock.runFor(10_000)
  await expect(card).toContainText('Nothing has reached this port')
  await expect(card).toContainText('the program does not send to http://10.0.2.2:')
})
