import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { chromiumArguments, findChromium } from './chromium.ts'
import { inProject } from './project.ts'

// Draws build/icon.png from build/icon.svg; run it after a change of the drawing: `node scripts/icon.ts`.
const executablePath = findChromium()
if (executablePath === null) throw new Error('This needs a Chromium; name one with TRACKSIDE_CHROMIUM.')

const browser = await chromium.launch({ executablePath, args: chromiumArguments })
const page = await browser.newPage({ viewport: { width: 512, height: 512 } })
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(inProject('build/icon.svg'), 'utf8')}`)
writeFileSync(inProject('build/icon.png'), await page.screenshot({ omitBackground: true }))
await browser.close()
