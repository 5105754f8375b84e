import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { configFileName } from '../../shared/lint-settings/config-file.ts'
import { exportPlan } from '../../shared/plan/export/index.ts'
import { expect, test } from './trackside.ts'

const withPlan = test.extend<{ folder: string }>({
  folder: async ({ browserName: _anyBrowser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'trackside-plan-file-'))
    writeFileSync(join(folder, configFileName), '{ "plan": "plan.json" }')
    writePlan(folder, 'Order Completed')
    await use(folder)
    rmSync(folder, { recursive: true })
  },
  flags: async ({ folder }, use) => use([`--config=${join(folder, configFileName)}`]),
})

function writePlan(folder: string, name: string): void {
  const schema = { type: 'object', properties: { total: { type: 'number' } } }
  const plan = { name: 'Shop', events: [{ name, description: 'It is paid', schema }] }
  writeFileSync(join(folder, 'plan.json'), exportPlan(plan, 'json-schema').content)
}

withPlan(
  'the plan of a file is shown with its file, can’t be edited, and changes with it',
  async ({ page, trackside, folder }) => {
    await trackside.open(page, '/catalog/plan')
    const events = page.getByRole('listbox', { name: 'Planned events' })
    await expect(page.getByText(join(folder, 'plan.json'))).toBeVisible()
    await events.getByRole('option', { name: /^Order Completed/ }).click()
    const editor = page.getByRole('complementary', { name: 'Planned event' })
    await expect(editor.getByRole('textbox', { name: 'Name of the event' })).toBeDisabled()
    await expect(editor.getByRole('combobox', { name: 'Type of total' })).toBeDisabled()
    await expect(editor.getByRole('button', { name: 'Add a property' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Export' })).toBeEnabled()
    for (const name of ['Import…', 'Add event…', 'More about the plan', 'Remove from the plan'])
      await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await editor.getByRole('button', { name: 'Close' }).click()

    writePlan(folder, 'Cart Viewed')
    await expect(events.getByRole('option')).toHaveText([/^Cart Viewed/])
    writeFileSync(join(folder, 'plan.json'), '{\n  "events": ?')
    await expect(page.getByRole('alert').filter({ hasText: 'line 2, column 13' })).toBeVisible()
    await expect(events.getByRole('option')).toHaveText([/^Cart Viewed/])
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

    await trackside.open(page, '/live')
    await page.getByRole('contentinfo').getByRole('link', { name: 'plan.json is broken' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'line 2, column 13' })).toBeVisible()
    rmSync(join(folder, 'plan.json'))
    await expect(page.getByRole('contentinfo')).toContainText('plan.json can’t be read')

    writeFileSync(join(folder, configFileName), '{}')
    await expect(page.getByRole('heading', { name: 'No tracking plan yet' })).toBeVisible()
  },
)
