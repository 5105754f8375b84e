import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Status } from '../../shared/contract/schemas.ts'
import { trustGuides } from '../../shared/trust/guides.ts'
import { expect, test } from './trackside.ts'

// Chrome on Linux, which comes to trust the CA by nothing but the lines that Trackside shows.

test.use({ flags: ['--https'] })

const places = [
  { where: 'keeps its list in a new home', folder: null, data: '' },
  { where: 'has kept its list from of old', folder: '.pki/nssdb', data: '' },
  { where: 'is told to keep its data', folder: 'my data/pki/nssdb', data: 'my data' },
]

for (const { where, folder, data } of places) {
  test(`Chrome trusts the CA, and no longer when that is taken back, where it ${where}`, async ({
    trackside,
    playwright,
    launchOptions,
  }) => {
    test.skip(spawnSync('certutil', ['-H']).error !== undefined, 'this machine has no certutil')
    const { https } = (await trackside.api<Status>('/status')).capture
    if (https === null) throw new Error('https is off')
    const guides = trustGuides({ ...https, captureUrl: trackside.address.capture, httpsUrl: https.url })
    const [trust, distrust] = guides.find(({ id }) => id === 'chrome')?.steps ?? []

    const home = mkdtempSync(join(tmpdir(), "trackside-jane's home-"))
    const env = { ...process.env, HOME: home, XDG_DATA_HOME: data && join(home, data) }
    const run = (lines = 'false'): Promise<unknown> => promisify(execFile)('sh', ['-ec', lines], { env })
    const visit = async (): Promise<string> => {
      const profile = join(home, 'profile')
      const chrome = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions, env })
      try {
        const page = await chrome.newPage()
        const answer = await page.goto(`${https.url}/cluster-info`)
        return (await answer?.text()) ?? ''
      } finally {
        await chrome.close()
      }
    }
    try {
      if (folder !== null) mkdirSync(join(home, folder), { recursive: true })
      await expect(visit()).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
      await run(trust?.code ?? undefined)
      expect(await visit()).toBe('{"nodeCount":1}')
      await run(distrust?.code ?? undefined)
      await expect(visit()).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  })
}
