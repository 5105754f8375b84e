import { createReadStream, existsSync } from 'node:fs'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import { bodyLimit } from '../../engine/capture/decode.ts'
import { databaseFile } from '../../engine/store/database.ts'
import { streamed } from '../connection.ts'
import type { Client } from '../connection.ts'
import { agreementBeside, agreementInstead, agreementOfFiles } from './agreement.ts'
import type { AgreementFlags } from './agreement.ts'
import { linesOf } from './lines.ts'
import { narrowed, reportOf } from './report.ts'
import type { CheckReport } from './report.ts'
import { exportedCall, sentCallOf } from './sent-call.ts'
import { TemporaryLog, originOf } from './temporary-log.ts'
import { placeInLog, verdictsOf, walk } from './verdicts.ts'

export interface CheckFlags extends AgreementFlags {
  query: string
  expectAll: boolean
}

/** What was found, and by which rules. */
export interface Checked {
  report: CheckReport
  config: LintConfig
}

/** Events that are asked of an engine at the same time. */
const askedTogether = 20

/** Files of calls, one a line, without any engine; `-` is what is piped in. */
export async function checkFiles(files: readonly string[], flags: CheckFlags): Promise<Checked> {
  const { query, expectAll } = flags
  const agreement = await agreementOfFiles(flags)
  const log = TemporaryLog.empty()
  const now = Date.now()
  for (const [index, file] of files.entries()) {
    for await (const { number, bytes, isTooLong } of linesIn(file))
      log.append(sentCallOf(bytes), { origin: index + 1, place: number }, now, isTooLong)
  }
  log.judge(agreement)
  const verdicts = log.verdicts(now, (event) => {
    const { origin, place } = originOf(event)
    return { file: files[origin - 1] ?? '', line: place }
  })
  // No query can ask for a line that can't be read, and a file with one is never fine.
  const report = await reportOf(verdicts, { query, expectAll, rejected: 'accepted:no' })
  return { report, config: agreement.config }
}

async function* linesIn(file: string) {
  try {
    yield* linesOf(file === '-' ? process.stdin : createReadStream(file), bodyLimit)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new TracksideError('CHECK_FILE_UNREADABLE', { file, detail: error.message }, { cause: error })
  }
}

export const hasLog = (data: string): boolean => existsSync(databaseFile(data))

/** A data directory on which no engine runs: on a copy, as an engine that is started here would judge it. */
export async function checkDirectory(data: string, flags: CheckFlags): Promise<Checked> {
  const { query, expectAll } = flags
  const log = TemporaryLog.copyOf(data)
  const agreement = await agreementBeside(log.kept, flags)
  log.judge(agreement)
  const verdicts = log.verdicts(Date.now(), placeInLog)
  const report = await reportOf(verdicts, { query, expectAll, rejected: narrowed(query, 'accepted:no') })
  return { report, config: agreement.config }
}

/** What a running engine has found; where something else is to be judged by, its events are judged here. */
export async function checkEngine(client: Client, flags: CheckFlags, signal: AbortSignal): Promise<Checked> {
  const { query, expectAll } = flags
  await untilJudged(client, signal)
  const { config } = await client.lint.config()
  if (flags.config === undefined && flags.plan === undefined) {
    const verdicts = verdictsOf(client)
    const report = await reportOf(verdicts, { query, expectAll, rejected: narrowed(query, 'accepted:no') })
    return { report, config }
  }
  const { plan } = await client.plan.get()
  const agreement = await agreementInstead({ config, plan }, flags)
  const log = TemporaryLog.empty()
  await copyEvents(client, query, log)
  log.judge(agreement)
  const verdicts = log.verdicts(Date.now(), (event) => ({ eventId: originOf(event).place }))
  const report = await reportOf(verdicts, { query: '', expectAll, rejected: 'accepted:no' })
  return { report: { ...report, query }, config: agreement.config }
}

async function copyEvents(client: Client, query: string, log: TemporaryLog): Promise<void> {
  const engine = verdictsOf(client)
  for await (const { events } of walk((limit, cursor) => engine.events(query, limit, cursor))) {
    for (let from = 0; from < events.length; from += askedTogether) {
      const together = await Promise.all(
        events.slice(from, from + askedTogether).map(({ id }) => engine.event(id)),
      )
      for (const event of together)
        log.append(exportedCall(event), { origin: 1, place: event.id }, Date.parse(event.receivedAt))
    }
  }
}

/** All that has been captured by now. Raises CHECK_STALLED. */
async function untilJudged(client: Client, signal: AbortSignal): Promise<void> {
  const { lastEventId } = await client.status()
  for await (const { analysedUpTo, rejudging, trouble } of streamed(
    await client.pulse(undefined, { signal }),
    signal,
  )) {
    if (analysedUpTo >= lastEventId && rejudging === null) return
    if (trouble !== null) throw new TracksideError('CHECK_STALLED', { detail: trouble })
  }
}
