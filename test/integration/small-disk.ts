import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from './served-engine.ts'

const kilobyte = 1024

/** Why a test has to do without it. */
export const noSmallDisk = 'only root on Linux may mount a disk that is soon full'

/** A file system of its own that is soon full. */
export class SmallDisk {
  readonly path: string
  readonly #ballast: string

  private constructor(path: string) {
    this.path = path
    this.#ballast = join(path, 'ballast')
  }

  /** Null where this user may make none. */
  static mount(megabytes: number): SmallDisk | null {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
    const path = temporaryDirectory()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' })
      return new SmallDisk(path)
    } catch {
      rmSync(path, { recursive: true })
      return null
    }
  }

  /** Leaves so many kilobytes free. */
  fill(freeKilobytes = 0): void {
    const block = Buffer.alloc(4 * kilobyte)
    let size = 0
    try {
      for (;;) {
        appendFileSync(this.#ballast, block)
        size += block.length
      }
    } catch {
      truncateSync(this.#ballast, Math.max(0, size - freeKilobytes * kilobyte))
    }
  }

  /** Gives all room back that was taken by `fill`. */
  free(): void {
    rmSync(this.#ballast, { force: true })
  }

  /** As a medium with its switch set, or a file system that the machine has found to be damaged. */
  forbidWriting(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.path])
  }

  unmount(): void {
    execFileSync('umount', [this.path])
    rmSync(this.path, { recursive: true })
  }
}
