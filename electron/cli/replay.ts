import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { TracksideError } from '../../shared/contract/errors.ts'
import { presets } from '../../shared/contract/schemas.ts'
import type { Destination, Preset, Replay, ReplayPlan } from '../../shared/contract/schemas.ts'
import { streamed, withClient, withConnection } from './connection.ts'
import type { Client, ConnectionFlags } from './connection.ts'
import { printable } from './output.ts'
import { withQuery } from './query-argument.ts'
import { positiveInteger } from './events.ts'

interface ReplayFlags extends ConnectionFlags {
  to: string
  preset: Preset
  dryRun?: boolean
  rate?: number
  yes?: boolean
  confirm?: string
}

const count = new Intl.NumberFormat('en')

function presetName(value: string): Preset {
  const preset = presets.find((known) => known === value)
  if (preset === undefined) throw new InvalidArgumentError(`It is one of ${presets.join(', ')}.`)
  return preset
}

export function addReplay(program: Command): void {
  withConnection(
    withQuery(
      program.command('replay').description('send captured events on: shows the plan, and sends with --yes'),
      '<query...>',
      'which events',
    )
      .requiredOption('--to <destination>', 'name or id of a destination')
      .option(
        '--preset <preset>',
        `what happens to time and ids: ${presets.join(', ')}`,
        presetName,
        'historical',
      )
      .option('--dry-run', 'only show the plan')
      .option('--rate <count>', 'events a second at most', positiveInteger)
      .option('--yes', 'send without asking')
      .option('--confirm <host>', 'for a production destination: its host name'),
  ).action(async (query: string, flags: ReplayFlags) => {
    await withClient(flags, async (client, signal) => {
      const destination = await findDestination(client, flags.to)
      const selection = {
        query,
        destinationId: destination.id,
        preset: flags.preset,
        options: flags.rate === undefined ? {} : { eventsPerSecond: flags.rate },
      }
      const { plan } = await client.replays.create({ ...selection, start: false })
      process.stdout.write(planText(plan))
      if (flags.dryRun === true) return 0
      if (flags.yes !== true) {
        process.stdout.write('Nothing was sent. Add --yes to send it.\n')
        return 1
      }
      const { replay } = await client.replays.create({
        ...selection,
        start: true,
        upTo: plan.upTo,
        ...(flags.confirm === undefined ? {} : { confirm: flags.confirm }),
      })
      if (replay === null) return 1
      return followReplay(client, replay.id, signal)
    })
  })
}

async function findDestination(client: Client, wanted: string): Promise<Destination> {
  const { destinations } = await client.destinations.list()
  const found = destinations.find(
    ({ id, name }) => name.toLowerCase() === wanted.toLowerCase() || String(id) === wanted,
  )
  if (found !== undefined) return found
  const known = destinations.map(({ name }) => printable(name)).join(', ') || 'none yet; add one on the page'
  throw new TracksideError('USAGE', { detail: `There is no destination ${wanted}. Known: ${known}.` })
}

function planText(plan: ReplayPlan): string {
  const lines = [
    `${count.format(plan.events)} of ${count.format(plan.selected)} events to ${printable(plan.destination.name)} ` +
      `(${plan.destination.host}${plan.destination.production ? ', production' : ''}), preset ${plan.preset}`,
    `${count.format(plan.requests)} requests, ${count.format(plan.bytes)} bytes, about ${Math.ceil(plan.seconds)} s`,
    ...plan.byName
      .slice(0, 10)
      .map(({ name, events }) => `  ${count.format(events).padStart(8)}  ${printable(name)}`),
    ...(plan.alreadySent > 0 ? [`${count.format(plan.alreadySent)} of them were sent there before`] : []),
    ...plan.leftOut.map(({ reason, events }) => `Left out: ${count.format(events)}, ${reason}`),
    ...plan.warnings.map((warning) => `Mind: ${warning}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Shows progress until the replay has ended; Ctrl C leaves it running in the engine. */
async function followReplay(client: Client, id: number, signal: AbortSignal): Promise<number> {
  for await (const _beat of streamed(await client.pulse(undefined, { signal }), signal)) {
    const replay = await client.replays.get({ id })
    if (process.stdout.isTTY) process.stdout.write(`\r${progress(replay)}`)
    if (replay.state === 'running') continue
    process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${progress(replay)}\n`)
    if (replay.message !== null) process.stdout.write(`${printable(replay.message)}\n`)
    return replay.state === 'done' && replay.failed === 0 ? 0 : 1
  }
  return 1
}

function progress({ id, state, sent, failed, skipped, total }: Replay): string {
  return `Replay ${id} ${state}: ${count.format(sent)} of ${count.format(total)} sent, ${count.format(failed)} failed, ${count.format(skipped)} skipped`
}
