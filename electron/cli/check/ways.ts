import { createReadStream } from 'node:fs'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import { bodyLimit } from '../../engine/capture/decode.ts'
import { askingEngine, streamed } from '../connection.ts'
import type { Client, ConnectionFlags } from '../connection.ts'
import { agreementBeside, agreementInstead, agreementOfFiles } from './agreement.ts'
import type { AgreementFlags } from './agreement.ts'
import { linesOf } from './lines.ts'
import { narrowed, reportOf } from './report.ts'
import type { CheckReport } from './report.ts'
import { exportedCall, sentCallOf } from './sent-call.ts'
import { TemporaryLog, originOf } from './temporary-log.ts'
import { placeInLog, verdictsOf, walk } from './verdicts.ts'

/** Where the calls are that are checked. */
export type Source =
  /** Files of calls, one a line; `-` is what is piped in. */
  | { kind: 'files'; files: readonly string[] }
  /** A data directory on which no engine runs. */
  | { kind: 'directory'; data: string }
  | { kind: 'engine'; connection: ConnectionFlags }

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

/** Checks the calls of `source`; what has to be kept meanwhile is kept in `folder`. */
export function check(source: Source, flags: CheckFlags, folder: string): Promise<Checked> {
  switch (source.kind) {
    case 'files':
      return checkFiles(source.files, flags, folder)
    case 'directory':
      return checkDirectory(source.data, flags, folder)
    case 'engine':
      return askingEngine(source.connection, (client, signal) => checkEngine(client, flags, signal, folder))
  }
}

/** Without any engine. */
async function checkFiles(files: readonly string[], flags: CheckFlags, folder: string): Promise<Checked> {
  const { query, expectAll } = flags
  const agreement = await agreementOfFiles(flags)
  return usingLog(TemporaryLog.empty(folder), async (log) => {
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
  })
}

async function* linesIn(file: string) {
  try {
    yield* linesOf(file === '-' ? process.stdin : createReadStream(file), bodyLimit)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new TracksideError('CHECK_FILE_UNREADABLE', { file, detail: error.message }, { cause: error })
  }
}

/** On a copy, as an engine that is started here would judge it. */
function checkDirectory(data: string, flags: CheckFlags, folder: string): Promise<Checked> {
  const { query, expectAll } = flags
  return usingLog(TemporaryLog.copyOf(data, folder), async (log) => {
    const agreement = await agreementBeside(log.kept, flags)
    log.judge(agreement)
    const verdicts = log.verdicts(Date.now(), placeInLog)
    const report = await reportOf(verdicts, { query, expectAll, rejected: narrowed(query, 'accepted:no') })
    return { report, config: agreement.config }
  })
}

/** What a running engine has found; where something else is to be judged by, its events are judged here. */
async function checkEngine(
  client: Client,
  flags: CheckFlags,
  signal: AbortSignal,
  folder: string,
): Promise<Checked> {
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
  return usingLog(TemporaryLog.empty(folder), async (log) => {
    await copyEvents(client, query, log)
    log.judge(agreement)
    const verdicts = log.verdicts(Date.now(), (event) => ({ eventId: originOf(event).place }))
    const report = await reportOf(verdicts, { query: '', expectAll, rejected: 'accepted:no' })
    return { report: { ...report, query }, config: agreement.config }
  })
}

async function usingLog<T>(log: TemporaryLog, work: (log: TemporaryLog) => Promise<T>): Promise<T> {
  try {
    return await work(log)
  } finally {
    log.close()
  }
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
