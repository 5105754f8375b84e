import { Command } from 'commander'
import { addCa } from './ca.ts'
import { addCheck } from './check.ts'
import { addClear, addRebuild } from './clear.ts'
import { addEvents } from './events.ts'
import { endWithReader, failureStatus } from './output.ts'
import { addReplay } from './replay.ts'
import { addServe } from './serve.ts'
import { addWait } from './wait.ts'

/** The `trackside` command: one file a subcommand. */
export async function run(argv: string[]): Promise<void> {
  const program = new Command('trackside').description(
    'See every analytics call the moment it arrives: by user, by account, judged, and ready to replay.',
  )
  program
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : failureStatus))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'USAGE: ')) })
    .showHelpAfterError('See `trackside --help`, or --help behind the name of a command.')
  endWithReader()
  for (const add of [addServe, addEvents, addWait, addCheck, addReplay, addClear, addRebuild, addCa])
    add(program)
  await program.parseAsync(argv)
}
