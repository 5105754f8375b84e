import { stat } from 'node:fs/promises'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { FileTrouble, LintConfigOutput } from '../../../shared/contract/lint.ts'
import { configError, findConfigFile, isThere, loadConfigFile, lookMs } from './config-file.ts'

type FollowedFile = NonNullable<LintConfigOutput['file']>

/** Which `trackside.json` is followed: this one, or the first that is in a folder or above it, as soon as there is one. */
export type ConfigPlace = { file: string } | { folder: string }

const saysNothing = { settings: {}, plan: null } as const

/**
 * The `trackside.json` of the team. What it said last stays while it is broken: half a change would judge by what nobody
 * has agreed on. Where it is gone, it says nothing.
 */
export class TeamConfig {
  readonly #place: ConfigPlace | null
  #file: FollowedFile | null = null
  #isGone = false
  /** What has been read or told, and what the last look saw; null for no file. */
  #known: string | null = null
  #seen: string | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(place: ConfigPlace | null) {
    this.#place = place
  }

  /** The file and what it says; null where there has never been one. */
  get file(): FollowedFile | null {
    return this.#file
  }

  /** Whether it is there, but can't be read as it is now. */
  get isBroken(): boolean {
    return this.#file !== null && this.#file.mistake !== null && !this.#isGone
  }

  get trouble(): FileTrouble | null {
    if (this.#file === null || this.#file.mistake === null) return null
    const { path: file, mistake } = this.#file
    if (this.#isGone)
      return { file, kind: 'gone', message: new TracksideError('CONFIG_GONE', { file }).message }
    const kind = mistake.line === null ? 'unreadable' : 'broken'
    return { file, kind, message: configError(file, mistake).message }
  }

  /** Reads what is there now. */
  async read(): Promise<void> {
    const path = await this.#find()
    // Before it is read: what is written meanwhile is seen at the next look.
    this.#known = await versionOf(path)
    if (path === null) this.#lose()
    else await this.#take(path)
  }

  /** Calls back whenever another `read` may give something else, until `stop`. */
  follow(onChange: () => void): void {
    if (this.#place === null) return
    this.#seen = this.#known
    const look = async (): Promise<void> => {
      const before = this.#seen
      this.#seen = await versionOf(await this.#find())
      if (this.#timer === undefined) return
      // Who replaces a file may take it away for a moment.
      const isSettled = this.#seen !== null || before === null
      if (isSettled && this.#seen !== this.#known) {
        this.#known = this.#seen
        onChange()
      }
      wait()
    }
    const wait = (): void => {
      this.#timer = setTimeout(() => void look(), lookMs).unref()
    }
    wait()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #find(): Promise<string | null> {
    if (this.#place === null) return null
    if ('folder' in this.#place) return findConfigFile(this.#place.folder)
    return (await isThere(this.#place.file)) ? this.#place.file : null
  }

  async #take(path: string): Promise<void> {
    const reading = await loadConfigFile(path)
    this.#isGone = false
    const last = this.#file?.path === path ? this.#file : { path, ...saysNothing }
    this.#file =
      'mistake' in reading
        ? { ...last, mistake: reading.mistake }
        : { path, settings: reading.settings, plan: reading.plan, mistake: null }
  }

  #lose(): void {
    const path = this.#file?.path ?? (this.#place !== null && 'file' in this.#place ? this.#place.file : null)
    if (path === null) return
    this.#isGone = true
    this.#file = {
      path,
      ...saysNothing,
      mistake: { message: 'There is no such file.', line: null, column: null },
    }
  }
}

/** What tells this state of a file from another one; null for no file. */
async function versionOf(path: string | null): Promise<string | null> {
  if (path === null) return null
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return [path, ino, size, mtimeNs, ctimeNs].join(' ')
  } catch (error) {
    return `${path} ${String(error)}`
  }
}
