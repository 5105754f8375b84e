import { once } from 'node:events'
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { pageLimit } from '../../shared/contract/schemas.ts'
import { csvHead, csvRow } from '../../shared/event-csv.ts'
import type { TracksideEvent } from '../../shared/event.ts'
import { withClient, withConnection } from './connection.ts'
import type { ConnectionFlags } from './connection.ts'
import { eventFormat, tableHead, tableRow } from './event-format.ts'
import type { EventFormat } from './event-format.ts'

interface EventsFlags extends ConnectionFlags {
  limit: number
  format: EventFormat
  follow?: boolean
}

export function positiveInteger(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number from 1.')
  return number
}

/** Waits for a slow reader of the pipe instead of filling memory. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Prints events one by one in a format, with what stands before, between and after them. */
class EventPrinter {
  readonly #format: EventFormat
  #printed = 0

  constructor(format: EventFormat) {
    this.#format = format
  }

  async begin(): Promise<void> {
    if (this.#format === 'table') await print(`${tableHead}\n`)
    if (this.#format === 'csv') await print(`${csvHead}\n`)
    if (this.#format === 'json') await print('[')
  }

  async event(event: TracksideEvent): Promise<void> {
    switch (this.#format) {
      case 'table':
        await print(`${tableRow(event)}\n`)
        break
      case 'csv':
        await print(`${csvRow(event)}\n`)
        break
      case 'ndjson':
        await print(`${JSON.stringify(event)}\n`)
        break
      case 'json':
        await print(`${this.#printed === 0 ? '' : ','}\n${JSON.stringify(event)}`)
    }
    this.#printed += 1
  }

  async end(): Promise<void> {
    if (this.#format === 'json') await print('\n]\n')
  }
}

export function addEvents(program: Command): void {
  withConnection(
    program
      .command('events')
      .description('print the latest events that match, oldest first')
      .argument('[query...]', 'the query language: event:"Invoice Sent" has:problem since:5m')
      .option('--limit <count>', 'how many at most', positiveInteger, 100)
      .option('--format <format>', 'table, json, ndjson or csv', eventFormat, 'table')
      .option('--follow', 'go on with what arrives'),
  ).action(async (words: string[], flags: EventsFlags) => {
    const query = words.join(' ')
    await withClient(flags, async (client, signal) => {
      const printer = new EventPrinter(flags.format)
      const latest: TracksideEvent[] = []
      let cursor: string | undefined
      let after = 0
      do {
        const limit = Math.min(pageLimit, flags.limit - latest.length)
        const page = await client.events.list({ query, limit, ...(cursor === undefined ? {} : { cursor }) })
        if (after === 0) after = page.upTo
        latest.push(...page.events)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined && latest.length < flags.limit)
      await printer.begin()
      for (const event of latest.reverse()) await printer.event(event)
      if (flags.follow === true) {
        const stream = await client.events.stream({ query, after }, { signal })
        for await (const event of stream) await printer.event(event)
      }
      await printer.end()
    })
  })
}
