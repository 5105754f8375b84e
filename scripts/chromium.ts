import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { run, runTool } from './run.ts'

/** A page under test needs none of what a browser does on its own behalf, and containers have no user namespaces. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium to test with: the one named, the system's, or Playwright's own. */
export function findChromium(): string | null {
  const named = process.env['TRACKSIDE_CHROMIUM']
  if (named) {
    if (!existsSync(named)) throw new Error(`TRACKSIDE_CHROMIUM names ${named}, and there is no such file.`)
    return named
  }
  return ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

async function installFromDebian(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env })
}

/** As `findChromium`, but fetches one where there is none: Playwright's own, else Debian's. */
export async function fetchChromium(): Promise<string | null> {
  const found = findChromium()
  if (found !== null) return found
  await runTool('@playwright/test/cli.js', ['install', 'chromium'])
  if (findChromium() === null) await installFromDebian()
  return findChromium()
}
