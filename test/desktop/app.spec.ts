import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test as base } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { electronRuntime } from '../../scripts/electron-runtime.ts'
import { root } from '../../scripts/project.ts'

// The built app in the real Electron. Where there is no runtime, each test is skipped and says why.
const runtime = electronRuntime()

interface Desktop {
  app: ElectronApplication
  page: Page
  folder: string
}

const launch = (folder: string): Promise<ElectronApplication> =>
  _electron.launch({
    executablePath: 'executable' in runtime ? runtime.executable : '',
    args: [
      root,
      `--user-data-dir=${join(folder, 'profile')}`,
      `--data=${join(folder, 'data')}`,
      '--port=0',
      '--app-port=0',
    ],
  })

const test = base.extend<{ folder: string; desktop: Desktop }>({
  folder: async ({}, use) => {
    test.skip('missing' in runtime, 'missing' in runtime ? runtime.missing : '')
    const folder = mkdtempSync(join(tmpdir(), 'trackside-desktop-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  desktop: async ({ folder }, use, testInfo) => {
    const app = await launch(folder)
    const page = await app.firstWindow()
    await use({ app, page, folder })
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('window', { body: await page.screenshot(), contentType: 'image/png' })
    }
    await app.close()
  },
})

interface Status {
  host: string
  events: number
  capture: { url: string }
}

const status = (page: Page, token: string): Promise<Status> =>
  page.evaluate(async (bearer) => {
    const response = await fetch('/api/v1/status', { headers: { authorization: `Bearer ${bearer}` } })
    return (await response.json()) as Status
  }, token)

/** The token stands in the data directory; the page has taken it off its own address by now. */
const tokenOf = ({ folder }: Desktop): string => readFileSync(join(folder, 'data', 'token'), 'utf8').trim()

test('opens on the page of its own engine', async ({ desktop }) => {
  const { page } = desktop
  await expect(page).toHaveTitle(/Trackside/)
  expect(new URL(page.url()).hostname).toBe('127.0.0.1')
  expect((await status(page, tokenOf(desktop))).host).toBe('desktop')
})

test('shows a call the moment it is captured', async ({ desktop }) => {
  const { page } = desktop
  const { capture } = await status(page, tokenOf(desktop))
  await fetch(`${capture.url}/v1/track`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writeKey: 'web', event: 'Invoice Sent', userId: '42' }),
  })
  await expect(page.getByText('Invoice Sent').first()).toBeVisible()
})

test('gives the page neither Node nor Electron', async ({ desktop }) => {
  const found = await desktop.page.evaluate(() =>
    ['require', 'process', 'module'].filter((name) => name in globalThis),
  )
  expect(found).toEqual([])
})

test('does not leave the app', async ({ desktop }) => {
  const { page } = desktop
  const before = new URL(page.url()).origin
  await page.evaluate(() => location.assign('http://127.0.0.1:9/'))
  await page.evaluate(() => window.open('http://127.0.0.1:9/'))
  expect(new URL(page.url()).origin).toBe(before)
  expect(desktop.app.windows()).toHaveLength(1)
})

test('starts its engine again after a crash', async ({ desktop }) => {
  const token = tokenOf(desktop)
  await desktop.app.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ name }) => name === 'Trackside engine')
    if (engine !== undefined) process.kill(engine.pid, 'SIGKILL')
  })
  await expect(async () => {
    expect((await status(desktop.page, token)).events).toBe(0)
  }).toPass({ timeout: 20_000 })
})

test('keeps the size of its window', async ({ folder }) => {
  const first = await launch(folder)
  await first.firstWindow()
  await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1100, 700))
  await first.close()
  const second = await launch(folder)
  await second.firstWindow()
  const size = await second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())
  await second.close()
  expect(size).toEqual([1100, 700])
})
