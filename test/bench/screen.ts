import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { inProject } from '../../scripts/project.ts'
import { CallMaker, idMark, seededRandom } from './calls.ts'
import { EngineProcess } from './engine-process.ts'
import { percentile } from './statistics.ts'
import { count, printNote, printTable } from './table.ts'

const calls = 50
const warmUpCalls = 5
/** Between two calls: by chance, so that they don't keep step with the page's own beat. */
const shortestPauseMs = 100
const longestPauseMs = 250
const patienceMs = 5_000

/** Milliseconds from the sending of a call to the first frame with its row on the page, and to the 200 before it. */
interface Timing {
  answered: number
  shown: number
}

/** From a call to its row on the screen, in a real Chromium. */
export async function benchScreen(): Promise<void> {
  if (!existsSync(inProject('dist/renderer/index.html'))) {
    console.log('\nscreen: skipped, the page has not been built (npm run build).')
    return
  }
  const executablePath = findChromium()
  if (executablePath === null) {
    console.log('\nscreen: skipped, there is no Chromium (TRACKSIDE_CHROMIUM names one).')
    return
  }
  const engine = await EngineProcess.start()
  let browser: Browser | null = null
  try {
    browser = await chromium.launch({ executablePath, args: chromiumArguments })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await openLive(page, engine)
    const timings = await measure(page, engine)
    const row = (name: string, values: readonly number[]): string[] => [
      name,
      ...[0.5, 0.95, 1].map((share) => count(percentile(values, share))),
    ]
    printTable(
      `screen: ms from a call to its row, ${timings.length} calls one after the other`,
      ['', 'p50', 'p95', 'longest'],
      [
        row(
          'answered with 200',
          timings.map(({ answered }) => answered),
        ),
        row(
          'row on the screen',
          timings.map(({ shown }) => shown),
        ),
      ],
    )
    printNote('The clock is the system’s, read in both processes: to the millisecond.')
  } finally {
    await browser?.close()
    await engine.kill()
  }
}

/** Opens the live view, with a watch over rows that come in. */
async function openLive(page: Page, engine: EngineProcess): Promise<void> {
  await page.addInitScript(() => {
    const shownAt = new Map<string, number>()
    const look = (): void => {
      const fresh = [...document.querySelectorAll('[data-event-id]')]
        .map((row) => row.getAttribute('data-event-id') ?? '')
        .filter((id) => !shownAt.has(id))
      if (fresh.length === 0) return
      for (const id of fresh) shownAt.set(id, Number.NaN)
      // What runs behind the next frame's callbacks comes after its layout and paint.
      requestAnimationFrame(() =>
        setTimeout(() => {
          for (const id of fresh) shownAt.set(id, Date.now())
        }),
      )
    }
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-event-id'],
    })
    Object.assign(window, { shownAt })
  })
  const { app, token } = engine.address
  await page.goto(`${app}/live#token=${token}`)
}

async function measure(page: Page, engine: EngineProcess): Promise<Timing[]> {
  const maker = new CallMaker(seededRandom(5))
  const random = seededRandom(6)
  const timings: Timing[] = []
  for (let number = 1; number <= warmUpCalls + calls; number += 1) {
    const call = { ...maker.call(), writeKey: 'bench' }
    const body = JSON.stringify(call).replace(idMark, String(number).padStart(idMark.length, '0'))
    const pause = shortestPauseMs + random() * (longestPauseMs - shortestPauseMs)
    await new Promise((resolve) => setTimeout(resolve, pause))
    const sentAt = Date.now()
    const answer = await fetch(`${engine.address.capture}/v1/${call.type}`, { method: 'POST', body })
    const answered = Date.now() - sentAt
    if (!answer.ok) throw new Error(`A call was answered with ${answer.status}`)
    // The log is new, so the ids count the calls.
    const shown = await page.waitForFunction(
      (id) => {
        const at = (window as unknown as { shownAt: Map<string, number> }).shownAt.get(id)
        return at === undefined || Number.isNaN(at) ? null : at
      },
      String(number),
      { polling: 20, timeout: patienceMs },
    )
    const shownAt = await shown.jsonValue()
    if (number > warmUpCalls) timings.push({ answered, shown: Number(shownAt) - sentAt })
  }
  return timings
}
