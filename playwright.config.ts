import { defineConfig } from '@playwright/test'
import { chromiumArguments, findChromium } from './scripts/chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  // Shared machines stall for seconds at a time. What passes only then is named as flaky, and is to be mended.
  retries: process.env['CI'] === undefined ? 0 : 2,
  // Each test has an engine and a browser of its own; two cores carry two of them.
  workers: 2,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { args: chromiumArguments, ...(executablePath === null ? {} : { executablePath }) },
  },
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'desktop', testDir: 'test/desktop' },
  ],
})
