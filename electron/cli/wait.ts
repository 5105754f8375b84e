import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { withClient, withConnection } from './connection.ts'
import type { ConnectionFlags } from './connection.ts'
import { tableHead, tableRow } from './event-format.ts'
import { positiveInteger } from './events.ts'
import { withQuery } from './query-argument.ts'

interface WaitFlags extends ConnectionFlags {
  count: number
  timeout: number
  absent?: boolean
  json?: boolean
}

/** `500ms`, `10s`, `2m`, or seconds; gives milliseconds. */
export function duration(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(value)
  if (match === null) throw new InvalidArgumentError('Write it like 500ms, 10s or 2m.')
  const unit = { ms: 1, s: 1000, m: 60_000 }[match[2] ?? 's'] ?? 1000
  const ms = Math.round(Number(match[1]) * unit)
  if (ms > 600_000) throw new InvalidArgumentError('Ten minutes are the most.')
  return ms
}

export function addWait(program: Command): void {
  withConnection(
    withQuery(
      program
        .command('wait')
        .description(
          'wait until events match: exit 0 when they do, 1 when they do not, with what did arrive',
        ),
      '<query...>',
      'what to wait for: event:"Invoice Sent" source:test-17',
    )
      .option('--count <count>', 'how many events', positiveInteger, 1)
      .option('--timeout <time>', 'how long', duration, 10_000)
      .option('--absent', 'hold when nothing matches until the timeout')
      .option('--json', 'print {ok, events}'),
  ).action(async (query: string, flags: WaitFlags) => {
    await withClient(flags, async (client, signal) => {
      const absent = flags.absent === true
      const result = await client.events.wait(
        { query, count: flags.count, timeoutMs: flags.timeout, absent },
        { signal },
      )
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(result)}\n`)
      } else if (result.ok) {
        process.stdout.write(absent ? 'Nothing matched, as expected.\n' : rows(result.events))
      } else if (absent) {
        process.stdout.write(`This matched, but should not have:\n${rows(result.events)}`)
      } else {
        const { events } = await client.events.list({ limit: 20 })
        process.stdout.write(
          `${result.events.length} of ${flags.count} arrived for ${query}.\n` +
            (events.length === 0
              ? 'Nothing has arrived at all.\n'
              : `The latest of all:\n${rows(events.reverse())}`),
        )
      }
      return result.ok ? 0 : 1
    })
  })
}

function rows(events: Parameters<typeof tableRow>[0][]): string {
  return `${[tableHead, ...events.map(tableRow)].join('\n')}\n`
}
