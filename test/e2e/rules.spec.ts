import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import type { ProblemPage } from '../../shared/contract/problems.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import { configFileName } from '../../shared/lint-settings/config-file.ts'
import { tooMany } from '../../shared/lint/metadata/too-many.ts'
import { casing } from '../../shared/lint/naming/casing.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const section = (page: Page): Locator => page.getByRole('region', { name: 'Rules', exact: true })
const severity = (page: Page): Locator => section(page).getByLabel(`Severity: ${casing.title}`)

/** Nothing but its name is wrong with it: it is identified, and has an id. */
async function sendBadName(trackside: Trackside): Promise<void> {
  const who = { writeKey: 'web', userId: 'usr_42' }
  await trackside.send('/v1/identify', { ...who, messageId: 'm-1', traits: { plan: 'pro' } })
  await trackside.send('/v1/track', {
    ...who,
    messageId: 'm-2',
    event: 'order_completed',
    properties: { step: 1 },
  })
  await trackside.analysed()
}

/** The rules that find something in all that was captured, once it is judged. */
async function findings(trackside: Trackside): Promise<string[]> {
  await trackside.analysed()
  const { problems } = await trackside.api<ProblemPage>('/problems')
  return problems.map(({ rule, name }) => `${rule} at ${name}`)
}
const found = `${casing.id} at order_completed`

test('a rule that is switched off is off for the past, too, and undo brings its findings back', async ({
  page,
  trackside,
}) => {
  await sendBadName(trackside)
  expect(await findings(trackside)).toEqual([found])
  await trackside.open(page, '/settings')
  await section(page).getByText(casing.title).click()
  await expect(section(page).getByRole('figure', { name: 'Leaves alone' })).toContainText(
    String(casing.good['event']),
  )
  await severity(page).selectOption('Off')
  await expect(page.getByText(`“${casing.title}” is switched off now.`, { exact: true })).toBeVisible()
  await expect(page.locator('.toast')).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)')
  // Under the pointer the toast stays.
  const undo = page.getByRole('button', { name: 'Undo' })
  await undo.hover()
  await expect(section(page).getByRole('button', { name: `Back to default: ${casing.title}` })).toBeVisible()
  await expect.poll(() => findings(trackside)).not.toContain(found)

  await undo.click()
  await expect(severity(page)).toHaveValue('warning')
  await expect.poll(() => findings(trackside)).toEqual([found])

  await severity(page).selectOption('Error')
  await section(page)
    .getByRole('button', { name: `Back to default: ${casing.title}` })
    .press('Enter')
  await expect(severity(page)).toHaveValue('warning')
  expect((await trackside.api<Settings>('/settings')).lint).toEqual({})
})

test('each rule has an address of its own, to which its findings lead', async ({ page, trackside }) => {
  await sendBadName(trackside)
  await trackside.open(page, '/live?event=2')
  await page.getByRole('complementary').getByRole('link', { name: casing.id, exact: true }).click()
  const finds = section(page).getByRole('figure', { name: 'Finds' }).filter({ visible: true })
  await expect(page).toHaveURL(new RegExp(`/settings#${casing.id}$`))
  await expect(section(page).getByText(casing.title)).toBeInViewport()
  await expect(finds).toContainText(String(casing.bad['event']))

  // Another address, with the token of another program's link in it; its example is a hundred lines long.
  await trackside.open(page, `/rules/${tooMany.id}`)
  await expect(section(page).getByText(tooMany.title)).toBeInViewport()
  await expect(finds).toHaveCount(1)
  await expect(finds).toContainText(/\/\/ and \d+ more/)
  await expect(finds).toBeInViewport()
  // Only the settings have scrolled.
  const first = page.getByRole('navigation').getByRole('link', { name: /^Live/ })
  await expect(first).toBeInViewport({ ratio: 1 })
})

test('names, words and a muted name are set and taken back', async ({ page, trackside }) => {
  await sendBadName(trackside)
  await trackside.api('/settings', {
    method: 'PATCH',
    body: { lint: { names: { order_completed: { '*': 'off' } } } },
  })
  await trackside.open(page, '/settings')
  const rules = section(page)
  await expect(rules.getByRole('region', { name: 'Names with rules of their own' })).toContainText(
    'order_completed every rule is switched off',
  )
  expect(await findings(trackside)).toEqual([])
  await rules.getByRole('button', { name: 'Unmute order_completed' }).click()
  await expect.poll(() => findings(trackside)).toEqual([found])

  await rules.getByRole('textbox', { name: 'Words of your own' }).fill('Kanban')
  await page.keyboard.press('Enter')
  const words = rules.getByRole('list', { name: 'Words of your own' })
  await expect(words).toContainText('Kanban')
  await rules.getByRole('textbox', { name: 'Words of your own' }).fill('Kanban')
  await expect(rules.getByRole('alert')).toHaveText('It is there already.')
  await rules.getByRole('textbox', { name: 'Words of your own' }).fill('')
  await words.getByRole('button', { name: 'Remove Kanban' }).click()
  await expect(words).toBeHidden()

  await rules.getByLabel('Names are written in').selectOption('snake_case')
  await rules.getByLabel('Amounts without a currency are in').selectOption('EUR')
  await expect
    .poll(async () => (await trackside.api<Settings>('/settings')).lint)
    .toEqual({ style: 'snake_case', currency: 'EUR' })
})

const withFile = test.extend<{ file: string }>({
  file: async ({ browserName: _anyBrowser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'trackside-config-'))
    const file = join(folder, configFileName)
    writeFileSync(file, '{}')
    await use(file)
    rmSync(folder, { recursive: true })
  },
  flags: async ({ file }, use) => use([`--config=${file}`]),
})

withFile.describe('a trackside.json', () => {
  withFile('takes effect by itself, and says where it is broken', async ({ page, trackside, file }) => {
    const write = (text: string): void => writeFileSync(file, text)
    await sendBadName(trackside)
    await trackside.open(page, '/settings')
    await expect(section(page)).toContainText(file)
    write(`{ "rules": { "${casing.id}": "off" } }`)
    await expect(severity(page)).toHaveValue('off')
    await expect.poll(() => findings(trackside)).not.toContain(found)

    write(`{\n  "ruels": {}\n}`)
    const alert = section(page).getByRole('alert')
    await expect(alert).toContainText('line 2, column 3: There is no setting “ruels”; did you mean “rules”?')
    await expect(severity(page)).toHaveValue('off')
    await page.getByRole('navigation').getByRole('link', { name: 'Problems' }).click()
    await expect(page.getByRole('main').getByRole('alert')).toContainText('did you mean “rules”?')
    await page.getByRole('contentinfo').getByRole('link', { name: 'trackside.json is broken' }).click()
    await expect(section(page)).toBeInViewport()
    // Only the settings have scrolled, not the page around them.
    await expect(page.getByRole('contentinfo')).toBeInViewport({ ratio: 1 })

    rmSync(file)
    await expect(alert).toContainText('is gone: what is set here counts alone')
    await expect(page.getByRole('contentinfo')).toContainText('trackside.json is gone')
    await expect(severity(page)).toHaveValue(casing.severity)
    await expect.poll(() => findings(trackside)).toContain(found)

    write('{}')
    await expect(alert).toBeHidden()
    await expect.poll(() => findings(trackside)).toContain(found)
  })

  for (const colorScheme of ['dark', 'light'] as const) {
    withFile(
      `and all rules have no accessibility mistakes that axe finds, ${colorScheme}`,
      async ({ page, trackside, file }) => {
        writeFileSync(
          file,
          '{ "rules": { "metadata/none": "off" }, "names": { "Foo": { "*": "off" } }, "words": ["Kanban"] }',
        )
        await page.emulateMedia({ colorScheme })
        await trackside.api('/settings', {
          method: 'PATCH',
          body: {
            lint: { rules: { [casing.id]: 'off' }, names: { Bar: { '*': 'off' } }, allowedNames: ['x_y'] },
          },
        })
        await trackside.open(page, '/settings')
        await section(page).getByText(casing.title).click()
        await expect(section(page).getByRole('list', { name: 'Words of your own' })).toContainText('Kanban')
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      },
    )
  }
})
