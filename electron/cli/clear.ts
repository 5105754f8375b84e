import type { Command } from 'commander'
import { withClient, withConnection } from './connection.ts'
import type { ConnectionFlags } from './connection.ts'

const count = new Intl.NumberFormat('en')

export function addClear(program: Command): void {
  withConnection(
    program
      .command('clear')
      .description('delete the events that match; all of them without a query')
      .argument('[query...]', 'which events'),
  ).action(async (words: string[], flags: ConnectionFlags) => {
    await withClient(flags, async (client) => {
      const { deleted } = await client.events.delete({ query: { query: words.join(' ') } })
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
      for await (const { analysedUpTo } of await client.pulse(undefined, { signal })) {
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
