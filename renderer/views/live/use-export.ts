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
  let isWanted = false

  async function* pages(query: string): AsyncGenerator<TracksideEvent[]> {
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
      progress.value = { done: (progress.value?.done ?? 0) + page.events.length, total }
      yield page.events
      if (page.nextCursor === null) return
      after = page.upTo
    }
  }

  async function start(query: string, format: ExportFormat): Promise<void> {
    if (isWanted) return
    isWanted = true
    progress.value = { done: 0, total: null }
    try {
      // A Blob may lie on the disk, so a long log does not have to fit into memory at once.
      const parts: Blob[] = format === 'csv' ? [new Blob([`${csvHead}\n`])] : []
      for await (const events of pages(query)) {
        if (!isWanted) return
        const write = format === 'csv' ? csvRow : (event: TracksideEvent) => JSON.stringify(event)
        parts.push(new Blob(events.map((event) => `${write(event)}\n`)))
      }
      save(new Blob(parts, { type: mediaTypes[format] }), `trackside-events.${format}`)
      showToast(`Exported ${counted(progress.value.done, 'event')}.`)
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
    } finally {
      isWanted = false
      progress.value = null
    }
  }

  const cancel = (): void => {
    isWanted = false
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
