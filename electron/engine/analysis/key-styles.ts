import type Database from 'better-sqlite3'
import { stylesOf } from '../../../shared/lint/index.ts'
import type { KeyStyle } from '../../../shared/lint/rule.ts'
import type { AnalysedCall } from './analysed-call.ts'

/** Fewer keys are no habit yet. */
const enoughKeys = 100
const habit = 0.95
/** Of one call. */
const countedKeys = 100
/** Any write key names a source: these are remembered from one slice to the next. */
const rememberedSources = 1_000

interface SourceStyles {
  keys: Map<KeyStyle, number>
  /** What this slice has added. */
  added: Map<KeyStyle, number>
}

/** In which style each source writes its keys. Counts gather in memory and are written once a slice. */
export class KeyStyles {
  readonly #statements: ReturnType<typeof prepare>
  readonly #known = new Map<string, SourceStyles>()
  readonly #counted = new Set<string>()

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  /** The style of nearly all of its keys so far; null while there are few, or where there is none. */
  of(source: string): KeyStyle | null {
    let all = 0
    let best: { style: KeyStyle; keys: number } | null = null
    for (const [style, keys] of this.#stylesOf(source).keys) {
      all += keys
      if (best === null || keys > best.keys) best = { style, keys }
    }
    return best !== null && all >= enoughKeys && best.keys >= all * habit ? best.style : null
  }

  count({ type, source, properties }: AnalysedCall): void {
    if (type !== 'track' || properties === null) return
    let counted = 0
    for (const key in properties) {
      counted += 1
      if (counted > countedKeys) break
      const styles = stylesOf(key)
      // A key that fits several tells nothing.
      const [style] = styles ?? []
      if (styles?.length === 1 && style !== undefined) this.#add(source, style)
    }
  }

  flush(): void {
    for (const source of this.#counted) {
      const { added } = this.#stylesOf(source)
      for (const [style, keys] of added) this.#statements.add.run(source, style, keys)
      added.clear()
    }
    this.#counted.clear()
    for (const [source] of this.#known) {
      if (this.#known.size <= rememberedSources) break
      this.#known.delete(source)
    }
  }

  /** Back to what is committed. */
  forget(): void {
    this.#known.clear()
    this.#counted.clear()
  }

  #add(source: string, style: KeyStyle): void {
    const { keys, added } = this.#stylesOf(source)
    keys.set(style, (keys.get(style) ?? 0) + 1)
    added.set(style, (added.get(style) ?? 0) + 1)
    this.#counted.add(source)
  }

  #stylesOf(source: string): SourceStyles {
    let styles = this.#known.get(source)
    if (styles === undefined) {
      const rows = this.#statements.read.all(source)
      styles = { keys: new Map(rows.map(({ style, keys }) => [style, keys])), added: new Map() }
      this.#known.set(source, styles)
    }
    return styles
  }
}

function prepare(database: Database.Database) {
  return {
    read: database.prepare<[string], { style: KeyStyle; keys: number }>(
      'SELECT style, keys FROM source_key_style WHERE source = ?',
    ),
    add: database.prepare(
      `INSERT INTO source_key_style (source, style, keys) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET keys = keys + excluded.keys`,
    ),
  }
}
