import type Database from 'better-sqlite3'
import type { Kin } from '../../../shared/lint/index.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { CatalogRows } from './catalog/catalog-rows.ts'
import type { NameCounts } from './catalog/catalog-rows.ts'
import { PropertyTree } from './catalog/property-tree.ts'
import { Trend } from '../store/trend.ts'

/** Properties of one name that are kept, at most. */
const rowsPerName = 1000
/** A name of 100 KB stands in the row of each of its properties: all of them together may have so many characters. */
const charactersPerName = 1_000_000
/** Rows and names that are remembered from one slice to the next, about. */
const rememberedRows = 30_000

/** A name with what is known of its past, and what this slice has counted. */
interface KnownName {
  isNew: boolean
  trend: Trend
  properties: PropertyTree
  counts: NameCounts | null
  sources: Map<string, number>
}

/**
 * Which names arrive, with which properties of which types and values. Counts gather in memory and are written once a
 * slice; what is known of the names that come often stays in memory, so that nothing has to be read to be counted on.
 */
export class Catalog {
  readonly #rows: CatalogRows
  readonly #kinOf: (name: string) => Kin | null
  readonly #known = new Map<string, KnownName>()
  readonly #counted = new Map<string, KnownName>()
  /** Names and rows in `#known`. */
  #remembered = 0

  /** `kinOf` says what a name looks like; null for one that is compared with no other. */
  constructor(database: Database.Database, kinOf: (name: string) => Kin | null) {
    this.#rows = new CatalogRows(database)
    this.#kinOf = kinOf
  }

  count(call: AnalysedCall, name: string, problems: number, worst: number, suggestion: string | null): void {
    const known = this.#nameOf(name)
    const counts = (known.counts ??= countsOfNothing(call))
    this.#counted.set(name, known)
    counts.events += 1
    if (problems > 0) counts.problems += 1
    counts.worst = Math.max(counts.worst, worst)
    counts.suggestion = suggestion
    counts.lastSeenAt = Math.max(counts.lastSeenAt, call.receivedAt)
    known.trend.add(call.receivedAt)
    known.sources.set(call.source, (known.sources.get(call.source) ?? 0) + 1)
    if (call.properties !== null)
      known.properties.count(call.properties, { eventId: call.id, receivedAt: call.receivedAt })
  }

  /** What the events of a name have had in their metadata so far, the one that is being analysed left out. */
  propertiesOf(name: string): PropertyTree {
    return this.#nameOf(name).properties
  }

  flush(): void {
    for (const [name, known] of this.#counted) {
      const { counts, sources, properties } = known
      if (counts === null) continue
      if (known.isNew) this.#rows.addName(name, counts, known.trend.text, this.#kinOf(name))
      else this.#rows.countName(name, counts, known.trend.text)
      for (const [source, events] of sources) this.#rows.countSource(name, source, events)
      const { added, changed } = properties.takeChanges()
      for (const row of added) this.#rows.addProperty(name, row)
      for (const row of changed) this.#rows.writeProperty(name, row)
      this.#remembered += added.length
      known.isNew = false
      known.counts = null
      sources.clear()
    }
    this.#counted.clear()
    this.#makeRoom()
  }

  /** Back to what is committed. */
  forget(): void {
    this.#counted.clear()
    this.#known.clear()
    this.#remembered = 0
  }

  #nameOf(name: string): KnownName {
    let known = this.#known.get(name)
    if (known === undefined) {
      const trend = this.#rows.trendOf(name)
      known = {
        isNew: trend === null,
        trend: trend === null ? new Trend() : Trend.parse(trend),
        properties: new PropertyTree(
          trend === null ? [] : this.#rows.propertiesOf(name),
          Math.min(rowsPerName, Math.ceil(charactersPerName / (name.length + 1))),
        ),
        counts: null,
        sources: new Map(),
      }
      this.#known.set(name, known)
      this.#remembered += 1 + known.properties.rows
    }
    return known
  }

  /** Those that were remembered first make room; what comes often is soon read again. */
  #makeRoom(): void {
    if (this.#remembered <= rememberedRows) return
    for (const [name, { properties }] of this.#known) {
      this.#known.delete(name)
      this.#remembered -= 1 + properties.rows
      if (this.#remembered <= rememberedRows / 2) return
    }
  }
}

function countsOfNothing({ id, receivedAt }: AnalysedCall): NameCounts {
  const times = { firstSeenAt: receivedAt, lastSeenAt: receivedAt }
  return { events: 0, problems: 0, worst: 0, suggestion: null, firstEventId: id, ...times }
}
