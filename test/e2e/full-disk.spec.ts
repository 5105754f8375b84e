import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { SmallDisk, noSmallDisk } from '../integration/small-disk.ts'
import type { EventPage } from '../../shared/contract/schemas.ts'
import { expect, startTrackside, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

/** Sends a batch of some 40 KB; gives the status of its answer. */
async function sendBatch(trackside: Trackside, name: string): Promise<number> {
  const batch = Array.from({ length: 20 }, (_, index) => ({
    type: 'track',
    event: 'Step Taken',
    userId: 'jane',
    messageId: `${name}-${index}`,
    properties: { padding: 'x'.repeat(2_000) },
  }))
  return (await trackside.send('/v1/batch', { batch })).status
}

/** The message ids in the log. */
async function logged(trackside: Trackside): Promise<string[]> {
  await trackside.analysed()
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: EventPage = await trackside.api(`/events?limit=500&cursor=${cursor}`)
    ids.push(...page.events.map(({ messageId }) => messageId ?? ''))
    cursor = page.nextCursor
  }
  return ids
}

test('a full disk is told with what to do, loses nothing that was taken, and is over with the next call', async ({
  page,
}) => {
  const disk = SmallDisk.mount(16)
  test.skip(disk === null, noSmallDisk)
  if (disk === null) return
  const data = join(disk.path, 'data')
  mkdirSync(data)
  const { trackside, stop } = await startTrackside(data)
  try {
    await trackside.open(page)
    const alert = page.getByRole('contentinfo').getByRole('alert')
    await expect(alert).toHaveCount(0)
    disk.fill(6 * 1024)
    const taken: string[] = []
    const note = (name: string): void =>
      void taken.push(...Array.from({ length: 20 }, (_, index) => `${name}-${index}`))
    for (let number = 0; ; number += 1) {
      if ((await sendBatch(trackside, `before-${number}`)) !== 200) break
      note(`before-${number}`)
    }
    expect(taken.length).toBeGreaterThan(100)
    await expect(alert).toContainText(/could not be stored: .*full.*Free some disk space/)
    await expect(page.getByRole('contentinfo').getByRole('status')).toContainText('not storing')
    // All of it can be read, however narrow the window: what is to be done stands at its end.
    await page.setViewportSize({ width: 1024, height: 700 })
    const isCut = await alert.evaluate((element) => element.scrollWidth > element.clientWidth)
    expect(isCut).toBe(false)
    await expect(alert).toBeInViewport({ ratio: 1 })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])

    disk.free()
    await expect.poll(() => sendBatch(trackside, 'after')).toBe(200)
    note('after')
    await expect(alert).toHaveCount(0)
    await expect(page.getByRole('contentinfo').getByRole('status')).toContainText('capturing')
    expect((await logged(trackside)).sort()).toEqual(taken.sort())
  } finally {
    await page.close()
    await stop()
    disk.unmount()
  }
})
