import { Command } from 'commander'
import { addServe } from './serve.ts'

/** The `trackside` command: one file a subcommand. */
export async function run(argv: string[]): Promise<void> {
  const program = new Command('trackside').description(
    'See every analytics call the moment it arrives: by user, by account, judged, and ready to replay.',
  )
  addServe(program)
  await program.parseAsync(argv)
}
