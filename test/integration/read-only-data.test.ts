import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serve, trackside } from './command.ts'
import { clientOf } from './served-engine.ts'
import { SmallDisk } from './small-disk.ts'

const canMount = SmallDisk.mount(1)
canMount?.unmount()

// Root may write whatever the mode says, and only root may mount what nobody can write.
describe.runIf(canMount !== null)('a data directory that can’t be written', () => {
  let disk: SmallDisk
  let data: string
  const flags = ['--json', '--port=0', '--app-port=0', '--https-port=0']

  beforeEach(() => {
    const mounted = SmallDisk.mount(12)
    if (mounted === null) throw new Error('it could be mounted before')
    disk = mounted
    data = join(disk.path, 'data')
    mkdirSync(data)
  })

  afterEach(() => disk.unmount())

  it('is refused at the start, with the reason and what to do', async () => {
    disk.forbidWriting()
    const { code, stdout, stderr } = await trackside('serve', ...flags, `--data=${data}`)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^DATA_UNWRITABLE: The data directory .*read-only.* choose another directory with --data/,
    )
    expect(stderr).toContain(data)
  })

  it('is refused as well where a log lies in it', async () => {
    const served = await serve(data)
    await clientOf(served.address).capture([{ type: 'track', event: 'Step Taken', userId: 'jane' }])
    expect(await served.end('SIGTERM')).toBe(0)
    disk.forbidWriting()
    const { code, stderr } = await trackside('serve', ...flags, `--data=${data}`)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^DATA_UNWRITABLE: .*read-only/)
  })
})
