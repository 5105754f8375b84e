import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { pageLimit } from '../../../shared/contract/schemas.ts'
import { csvHead, csvRow } from '../../../shared/event-csv.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import { counted } from '../../lib/format.ts'
import { showToast } from '../../lib/toasts.ts'

export type ExportFormat = 'ndjson' | 'csv'

export interface Exporter {
  /** How far it is; null while nothing is exported. `total` is null until it is counted. */
  progress: Readonly<ShallowRef<{ done: number; total: number | null } | null>>
  /** Saves all that the query finds now as a file. */
  start(query: string, format: ExportFormat): Promise<void>
  cancel(): void
}

const mediaTypes: Record<ExportFormat, string> = { ndjson: 'application/x-ndjson', csv: 'text/csv' }

export function useExport(): Exporter {
  const progress = shallowRef<{ done: number; total: number | null } | null>(null)
  let wanted: symbol | null = null

  async function* pages(query: string): AsyncGenerator<{ events: TracksideEvent[]; total: number | null }> {
    let after = 0
    let total: number | null = null
    for (;;) {
      const page = await engine.client.events.list({
        query,
        order: 'asc',
        after,
        limit: pageLimit,
        total: total === null,
      })
      total ??= page.total ?? null
      yield { events: page.events, total }
      if (page.nextCursor === null) return
      after = page.upTo
    }
  }

  async function start(query: string, format: ExportFormat): Promise<void> {
    if (wanted !== null) return
    const mine = Symbol(format)
    wanted = mine
    progress.value = { done: 0, total: null }
    try {
      // A Blob may lie on the disk, so a long log does not have to fit into memory at once.
      const parts: Blob[] = format === 'csv' ? [new Blob([`${csvHead}\n`])] : []
      let done = 0
      for await (const { events, total } of pages(query)) {
        if (wanted !== mine) return
        done += events.length
        progress.value = { done, total }
        const write = format === 'csv' ? csvRow : (event: TracksideEvent) => JSON.stringify(event)
        parts.push(new Blob(events.map((event) => `${write(event)}\n`)))
      }
      save(new Blob(parts, { type: mediaTypes[format] }), `trackside-events.${format}`)
      showToast(`Exported ${counted(done, 'event')}.`)
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
    } finally {
      // One that was cancelled may end after the next has begun.
      if (wanted === mine) {
        wanted = null
        progress.value = null
      }
    }
  }

  const cancel = (): void => {
    wanted = null
    progress.value = null
  }
  onScopeDispose(cancel)
  return { progress, start, cancel }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
