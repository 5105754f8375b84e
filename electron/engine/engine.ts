import { TracksideError } from '../../shared/contract/errors.ts'
import type { Status } from '../../shared/contract/schemas.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { TeamAgreement } from './agreement/team-agreement.ts'
import type { ConfigPlace } from './agreement/team-config.ts'
import { Guard } from './api/guard.ts'
import { PulseHub } from './api/pulse-hub.ts'
import { createAppServers } from './api/server.ts'
import { ActivityList } from './capture/activity.ts'
import { Backlog } from './capture/backlog.ts'
import { FaultyAnswers } from './capture/faulty-answers.ts'
import { HttpsCapture } from './capture/https/https-capture.ts'
import { machineNames } from './capture/https/machine-names.ts'
import { captureUrls, isOpen } from './capture/lan.ts'
import { Connections } from './capture/connections.ts'
import { pack } from './capture/packed-request.ts'
import { createCaptureServer, createSecureCaptureServer } from './capture/server.ts'
import type { CaptureOptions } from './capture/server.ts'
import { Checkpoints } from './checkpoints.ts'
import { Indexing } from './indexing.ts'
import { listen } from './listen.ts'
import type { Listening } from './listen.ts'
import { boundGarbage, withSmallYoungGeneration } from './memory.ts'
import type { Engine, EngineOptions } from './options.ts'
import { Destinations } from './replay/destinations.ts'
import { Replays } from './replay/replays.ts'
import { keyFileSecretBox } from './replay/secret-box.ts'
import { EngineSettings } from './settings.ts'
import { claimDataDirectory } from './store/data-directory.ts'
import { siblingModule } from './store/sibling.ts'
import { TrackingPlan } from './tracking-plan.ts'
import type { CheckpointerMethods } from './threads/checkpointer-methods.ts'
import type { IndexerMethods } from './threads/indexer-methods.ts'
import type { ReaderMethods } from './threads/reader-methods.ts'
import { Thread } from './threads/remote.ts'
import type { Resting } from './threads/serve.ts'
import type { WriterMethods, WriterNotice } from './threads/writer-methods.ts'

export const version = packageJson.version

/**
 * Starts the parts in order: the data directory, the writer, the reader, replays, capture, the app. Whatever fails
 * stops those before it. Raises DATA_*, DATABASE_*, MIGRATION_FAILED, PORT_TAKEN, ADDRESS_UNUSABLE, CA_UNUSABLE.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const running: (() => Promise<void>)[] = []
  async function stop(): Promise<void> {
    for (let part = running.pop(); part !== undefined; part = running.pop()) await part()
  }
  try {
    return await start(options, running, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  options: EngineOptions,
  running: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Engine> {
  const now = (): number => Date.now()
  const startedAt = new Date(now()).toISOString()
  const claim = claimDataDirectory(options.data, options.token)
  boundGarbage()
  running.push(async () => claim.release())

  // A thread that dies takes the process with it: a restart costs a second, a silent half-engine costs events.
  const lost = (error: Error): void => {
    console.error(error)
    process.exit(1)
  }
  const threadData = { data: options.data }
  const writer = await Thread.start<WriterMethods, WriterNotice>(
    siblingModule(import.meta.url, 'threads/writer'),
    threadData,
    lost,
  )
  running.push(() => writer.stop())
  const checkpointer = await Thread.start<CheckpointerMethods>(
    siblingModule(import.meta.url, 'threads/checkpointer'),
    threadData,
    lost,
  )
  running.push(() => checkpointer.stop())
  const reader = await withSmallYoungGeneration(() =>
    Thread.start<ReaderMethods & IndexerMethods & Resting>(
      siblingModule(import.meta.url, 'threads/reader'),
      threadData,
      lost,
    ),
  )
  running.push(() => reader.stop())
  const indexing = new Indexing(reader.call)
  const checkpoints = new Checkpoints(checkpointer.call, writer.call, reader.call)
  // Nothing may be waited for between the position and the listener: a writer that finishes its analysis meanwhile
  // would say so to nobody, and it says so once.
  let log: WriterNotice = await writer.call.position(null)
  const pulse = new PulseHub({ ...pulseOf(log), replays: 0, settings: 0, activity: 0, lint: 0 })
  const lintChanged = (): void => pulse.update({ lint: pulse.current.lint + 1 })
  writer.onNotice((notice) => {
    checkpoints.committed()
    indexing.follow(notice.analysedUpTo)
    const hasFailed = notice.failures !== log.failures
    log = notice
    pulse.update(pulseOf(notice))
    if (hasFailed) lintChanged()
  })

  indexing.follow(log.analysedUpTo)

  const settings = await EngineSettings.read(reader.call, writer.call)

  const agreement = await TeamAgreement.begin({
    reader: reader.call,
    writer: writer.call,
    config: placeOfConfig(options),
    here: settings.current.lint,
    now,
    onChange: lintChanged,
  })
  running.push(() => agreement.stop())
  settings.onChange(async ({ lint }, before) => {
    if (lint !== before.lint) await agreement.setHere(lint)
  })

  const secretBox = options.secretBox ?? keyFileSecretBox(options.data)
  const destinations = new Destinations({ reader: reader.call, writer: writer.call, secretBox, now })
  const replays = new Replays({ reader: reader.call, writer: writer.call, destinations, now })
  replays.onChange(() => pulse.update({ replays: pulse.current.replays + 1 }))
  running.push(() => replays.stop())

  await writer.call.setFaults(settings.current.faults)
  settings.onChange(({ faults: wanted }) => writer.call.setFaults(wanted))
  const faults = new FaultyAnswers()
  const activity = new ActivityList(now, () => pulse.update({ activity: pulse.current.activity + 1 }))
  const captureOptions: CaptureOptions = {
    append: (request) => writer.call.append(pack(request)),
    faults,
    connections: new Connections(),
    authorityPem: () => https.current?.authority.certificate.toString() ?? null,
    notice: (notice) => activity.add(notice),
    now,
    backlog: new Backlog(),
  }
  const https = new HttpsCapture({
    data: options.data,
    host: options.host,
    port: options.httpsPort ?? 0,
    makeServer: (identity) => createSecureCaptureServer(captureOptions, identity),
    names: () => machineNames(options.host),
    now,
  })
  running.push(() => https.end())
  const capture: Listening = await listen(
    () => createCaptureServer(captureOptions),
    options.port,
    options.host,
    '--port',
  )
  running.push(() => capture.close())
  if (options.https === true) await https.switch(true)
  // Who asks for it now hears why it can't be had; who asked once, in the settings, reads it there.
  else if (settings.current.https) await https.switch(true).catch(() => undefined)
  settings.onChange(async (current, before) => {
    if (options.https !== true && current.https !== before.https) await https.switch(current.https)
  })
  running.push(async () => faults.end())

  let guard: Guard | null = null
  // Asked each time: a machine comes into a network, and leaves it.
  const urls = () => captureUrls(options.host, capture.port)
  const [captureUrl] = urls()
  const status = async (): Promise<Status> => ({
    version,
    host: options.hostKind,
    capture: {
      url: captureUrl,
      urls: urls(),
      open: isOpen(options.host),
      https: httpsStatus(https),
      httpsFailure: https.failure,
      httpsByFlag: options.https === true,
    },
    app: { url: appUrl },
    data: options.data,
    events: log.events,
    rejected: log.rejected,
    lastEventId: log.lastEventId,
    analysedUpTo: log.analysedUpTo,
    rejudging: log.rejudging,
    lint: await agreement.status(),
    trouble: log.trouble,
    startedAt,
    ...(await reader.call.summary(null)),
  })
  const appServers = createAppServers({
    services: {
      reader: reader.call,
      writer: writer.call,
      pulse,
      activity,
      replays,
      destinations,
      settings,
      agreement,
      plan: new TrackingPlan({
        reader: reader.call,
        writer: writer.call,
        file: () => agreement.planFile,
        now,
        onChange: () => pulse.update({ settings: pulse.current.settings + 1 }),
      }),
      https,
      now,
      status,
    },
    guard: () => {
      if (guard === null) throw new TracksideError('INTERNAL', { detail: 'the app is still starting' })
      return guard
    },
    page: options.page,
    version,
  })
  const app = await listen(appServers.make, options.appPort, '127.0.0.1', '--app-port')
  running.push(async () => {
    pulse.end()
    appServers.end()
    await app.close()
  })
  const appUrl = `http://127.0.0.1:${app.port}`
  guard = new Guard(app.port, claim.token)

  const address = { capture: captureUrl, app: appUrl, data: options.data, pid: process.pid }
  claim.announce(address)
  // The last to hear of a change: who asks again then finds it in force.
  settings.onChange(() => pulse.update({ settings: pulse.current.settings + 1 }))
  await replays.start()
  const secure = https.current === null ? {} : { https: https.current.urls[0] }
  return { address: { ...address, ...secure, token: claim.token }, stop }
}

function placeOfConfig({ config, configFolder }: EngineOptions): ConfigPlace | null {
  if (config !== undefined) return { file: config }
  return configFolder === undefined ? null : { folder: configFolder }
}

function pulseOf({ lastEventId, analysedUpTo, events, deletions, rejudging, trouble }: WriterNotice) {
  return { lastEventId, analysedUpTo, events, deletions, rejudging, trouble }
}

function httpsStatus({ current }: HttpsCapture): Status['capture']['https'] {
  if (current === null) return null
  const { urls, authority } = current
  return {
    url: urls[0],
    urls,
    caFile: authority.file,
    bundleFile: authority.bundleFile,
    fingerprint: authority.certificate.fingerprint256,
    expiresAt: authority.certificate.validToDate.toISOString(),
  }
}
