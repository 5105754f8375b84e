import { existsSync, statSync } from 'node:fs'
import { styleText } from 'node:util'
import { Argument, Option } from 'commander'
import type { Command } from 'commander'
import { TracksideError } from '../../shared/contract/errors.ts'
import { defaultDataDirectory, readAddress } from '../engine/store/data-directory.ts'
import { databaseFile } from '../engine/store/database.ts'
import { checkApart } from './check/apart.ts'
import { checkFormats, formatted } from './check/formats.ts'
import type { CheckFormat } from './check/formats.ts'
import { failureLevels, holds } from './check/report.ts'
import type { FailureLevel } from './check/report.ts'
import type { Checked, Source } from './check/ways.ts'
import { withConnection } from './connection.ts'
import type { ConnectionFlags } from './connection.ts'
import { reportError } from './output.ts'
import { isQueryWord } from './query-argument.ts'

interface Flags extends ConnectionFlags {
  plan?: string
  config?: string
  failOn: FailureLevel
  format: CheckFormat
  expectAll?: boolean
}

const help = `
What is checked:
  FILE…           Files with a call a line, as an SDK sends it or as Trackside gives events out; - is what is piped in.
                  No engine is needed. A word is a file where there is one of that name, or where it ends in .ndjson or
                  .jsonl; all other words are the query.
  otherwise       The events of the running engine, by its own rules and plan. With --config or --plan its events are
                  judged by those instead, here. Where no engine runs, the log in the data directory is judged.

Without --config, files and a data directory are judged by the trackside.json in this folder or above it, and by the
plan that it names.

Exit status:
  0  no problem is as bad as --fail-on says
  1  one is, or with --expect-all a planned event has not come
  2  it could not be checked: a flag, the query, trackside.json, the plan or a file is broken, or there is no engine

--format json prints one object: ok, failOn, query, events, trackCalls, clean, score (percent of the track calls that
are clean), counts {error, warning, info}, problems [{rule, severity, type, name, events, first: {file, line} or
{eventId}, path, message, reason, suggestion}], expected (names, with --expect-all). What is in it stays; more may come.

Examples:
  trackside check calls.ndjson --fail-on warning
  trackside check 'source:web since:10m' --plan plan.json --expect-all --format github
`

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('judge events for CI: exit 0 when they are fine, 1 when a problem is as bad as --fail-on')
  const words = new Argument('[words...]', 'which events, and files: source:web, calls.ndjson')
    .default([])
    .argParser((word: string, before: string[]) => (isQueryWord(command, word) ? [...before, word] : before))
  withConnection(
    command
      .usage('[options] [QUERY] [FILE...]')
      .allowUnknownOption()
      .addArgument(words)
      .option('--plan <file>', 'the tracking plan to hold them against')
      .option('--config <file>', 'the trackside.json to judge by')
      .addOption(
        new Option('--fail-on <severity>', 'from which severity on a problem fails the check')
          .choices(failureLevels)
          .default('error'),
      )
      .addOption(
        new Option('--format <format>', 'how to print what was found').choices(checkFormats).default('text'),
      )
      .option('--expect-all', 'each name of the plan has to come')
      .addHelpText('after', help),
  ).action((given: string[], flags: Flags) => check(given, flags).catch(reportError))
}

async function check(words: readonly string[], flags: Flags): Promise<void> {
  const files = words.filter(isFile)
  const query = words.filter((word) => !isFile(word)).join(' ')
  const wanted = { query, expectAll: flags.expectAll === true, ...agreed(flags) }
  const source: Source = files.length > 0 ? { kind: 'files', files } : await sourceOf(flags)
  process.exitCode = tell(await checkApart(source, wanted), flags)
}

/** Where the events are when no file is named. Raises ENGINE_NOT_RUNNING. */
async function sourceOf(flags: Flags): Promise<Source> {
  const data = flags.data ?? defaultDataDirectory()
  if (await isRunning(data, flags)) return { kind: 'engine', connection: flags }
  if (!existsSync(databaseFile(data))) throw new TracksideError('ENGINE_NOT_RUNNING', { data })
  return { kind: 'directory', data }
}

function agreed({ plan, config }: Flags) {
  return { ...(plan === undefined ? {} : { plan }), ...(config === undefined ? {} : { config }) }
}

function tell({ report, config }: Checked, { format, failOn }: Flags): number {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    styleText(style, text, { stream: process.stdout })
  process.stdout.write(formatted(report, format, { failOn, config, paint }))
  return holds(report, failOn) ? 0 : 1
}

function isFile(word: string): boolean {
  if (word === '-' || /\.(?:ndjson|jsonl)$/.test(word)) return true
  return existsSync(word) && !statSync(word).isDirectory()
}

/** An address that is given is meant; the one in a data directory may be that of an engine that was killed. */
async function isRunning(data: string, { url }: Flags): Promise<boolean> {
  if (url !== undefined || process.env['TRACKSIDE_URL'] !== undefined) return true
  const address = readAddress(data)
  if (address === null) return false
  try {
    await fetch(address.app)
    return true
  } catch {
    return false
  }
}
