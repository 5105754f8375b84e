import { ZodError } from 'zod'
import { TracksideError } from '../../shared/contract/errors.ts'
import type { LintChange, LintSettings } from '../../shared/contract/lint.ts'
import { defaultSettings, settingsSchema } from '../../shared/contract/settings.ts'
import type { Settings, SettingsChange } from '../../shared/contract/settings.ts'
import { changedLint } from '../../shared/lint-settings/change.ts'
import type { ReaderMethods } from './threads/reader-methods.ts'
import type { Remote } from './threads/remote.ts'
import type { WriterMethods } from './threads/writer-methods.ts'

/** Puts a change into force. `before` is what it was, so that a part can see whether it is concerned. */
export type SettingsListener = (settings: Settings, before: Settings) => void | Promise<void>

/** What a person has set: kept in the database, held here, and told to the parts that live by it. */
export class EngineSettings {
  readonly #writer: Pick<Remote<WriterMethods>, 'writeSettings'>
  readonly #listeners: SettingsListener[] = []
  #current: Settings
  #lastChange: Promise<unknown> = Promise.resolve()

  private constructor(writer: Pick<Remote<WriterMethods>, 'writeSettings'>, current: Settings) {
    this.#writer = writer
    this.#current = current
  }

  static async read(
    reader: Pick<Remote<ReaderMethods>, 'settings'>,
    writer: Pick<Remote<WriterMethods>, 'writeSettings'>,
  ): Promise<EngineSettings> {
    const stored = await reader.settings(null)
    const known = Object.fromEntries(
      Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
        const text = stored[key]
        if (text === undefined) return []
        try {
          return [[key, schema.parse(JSON.parse(text))]]
        } catch (error) {
          console.error(`The setting ${key} can’t be read, so its default counts:`, error)
          return []
        }
      }),
    )
    return new EngineSettings(writer, { ...defaultSettings, ...known })
  }

  get current(): Settings {
    return this.#current
  }

  /** Told of each change, one after the other and in the order of listening. */
  onChange(listener: SettingsListener): void {
    this.#listeners.push(listener)
  }

  /**
   * Stores what is named, and gives the settings once all parts live by them. A part that can't raises its error here
   * when all others have heard of the change; what was set stays, because it is what the person wants.
   */
  change(change: SettingsChange): Promise<Settings> {
    const changed = this.#lastChange.then(() => this.#change(change))
    this.#lastChange = changed.catch(() => undefined)
    return changed
  }

  async #change(change: SettingsChange): Promise<Settings> {
    const { lint, ...whole } = change
    const merged = lint === undefined ? {} : { lint: mergedChange(this.#current.lint, lint) }
    const named = Object.entries({ ...whole, ...merged }).filter(([, value]) => value !== undefined)
    await this.#writer.writeSettings(
      Object.fromEntries(named.map(([key, value]) => [key, JSON.stringify(value)])),
    )
    const before = this.#current
    this.#current = { ...before, ...Object.fromEntries(named) }
    const failures: unknown[] = []
    for (const listener of this.#listeners) {
      try {
        await listener(this.#current, before)
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
    return this.#current
  }
}

/** Raises INPUT_INVALID where all that is then set is more than there may be. */
function mergedChange(settings: LintSettings, change: LintChange): LintSettings {
  try {
    return changedLint(settings, change)
  } catch (error) {
    const detail = error instanceof ZodError ? (error.issues[0]?.message ?? error.message) : String(error)
    throw new TracksideError('INPUT_INVALID', { detail: `lint: ${detail}` }, { cause: error })
  }
}
