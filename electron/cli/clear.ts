import type { Command } from 'commander'
import { streamed, withClient, withConnection } from './connection.ts'
import type { ConnectionFlags } from './connection.ts'
import { withQuery } from './query-argument.ts'

const count = new Intl.NumberFormat('en')

export function addClear(program: Command): void {
  withConnection(
    withQuery(
      program.command('clear').description('delete the events that match; all of them without a query'),
      '[query...]',
      'which events',
    ),
  ).action(async (query: string, flags: ConnectionFlags) => {
    await withClient(flags, async (client) => {
      const { deleted } = await client.events.delete({ query: { query } })
      process.stdout.write(`${count.format(deleted)} events deleted.\n`)
    })
  })
}

export function addRebuild(program: Command): void {
  withConnection(
    program.command('rebuild').description('throw away what is derived and analyse the log anew'),
  ).action(async (flags: ConnectionFlags) => {
    await withClient(flags, async (client, signal) => {
      const { upTo } = await client.analysis.rebuild()
      const beats = streamed(await client.pulse(undefined, { signal }), signal)
      for await (const { analysedUpTo } of beats) {
        if (process.stdout.isTTY) {
          process.stdout.write(`\rAnalysed ${count.format(analysedUpTo)} of ${count.format(upTo)} events`)
        }
        if (analysedUpTo >= upTo) break
      }
      process.stdout.write(
        `${process.stdout.isTTY ? '\r' : ''}Analysed all events up to ${count.format(upTo)}.\n`,
      )
    })
  })
}
