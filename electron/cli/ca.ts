import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { TracksideError } from '../../shared/contract/errors.ts'
import type { Https } from '../../shared/contract/schemas.ts'
import type { EventDetail } from '../../shared/event.ts'
import { trustGroups } from '../../shared/trust/guide.ts'
import type { TrustGuide } from '../../shared/trust/guide.ts'
import { trustGuides } from '../../shared/trust/guides.ts'
import { streamed, withClient, withConnection } from './connection.ts'
import type { Client, ConnectionFlags } from './connection.ts'
import { printable } from './output.ts'
import { duration } from './wait.ts'

interface CaFlags extends ConnectionFlags {
  for?: string
  test?: boolean
  timeout: number
}

/** What it is called does not depend on a machine. */
const guideIds = trustGuides({ caFile: '', bundleFile: '', captureUrl: '', httpsUrl: '' }).map(({ id }) => id)

function guideId(value: string): string {
  if (!guideIds.includes(value)) throw new InvalidArgumentError(`It is one of ${guideIds.join(', ')}.`)
  return value
}

export function addCa(program: Command): void {
  withConnection(
    program
      .command('ca')
      .description('the certificate to trust for capture over https, and how to trust it')
      .option('--for <client>', `print the lines for one of ${guideIds.join(', ')}`, guideId)
      .addOption(
        new Option(
          '--test',
          'wait for a call over https, and say who sent it: exit 0 when it came',
        ).conflicts('for'),
      )
      .option('--timeout <time>', 'how long --test waits', duration, 120_000),
  ).action(async (flags: CaFlags) => {
    await withClient(flags, async (client, signal) => {
      const { capture } = await client.status()
      const { https } = capture
      if (https === null) throw new TracksideError('HTTPS_OFF')
      const guides = trustGuides({
        caFile: https.caFile,
        bundleFile: https.bundleFile,
        captureUrl: capture.urls[1] ?? capture.url,
        httpsUrl: https.url,
      })
      if (flags.test === true) return test(client, https, flags.timeout, signal)
      const wanted = guides.find(({ id }) => id === flags.for)
      process.stdout.write(wanted === undefined ? overview(https, guides) : script(wanted))
      return 0
    })
  })
}

function overview({ url, caFile, bundleFile, fingerprint, expiresAt }: Https, guides: TrustGuide[]): string {
  const titles = trustGroups.map(({ group, title }) => {
    const ids = guides.filter((guide) => guide.group === group).map(({ id }) => id)
    return `  ${`${title}:`.padEnd(38)}${ids.join(', ')}`
  })
  return [
    `  Capture over https  ${url}`,
    `  Certificate         ${caFile}`,
    `  With all others     ${bundleFile}`,
    `  SHA-256             ${fingerprint}`,
    `  Valid until         ${expiresAt.slice(0, 10)}`,
    '',
    'How to trust it, with `trackside ca --for …`:',
    ...titles,
    '',
    'Whether it is trusted shows `trackside ca --test`: it waits for the first call over https.',
    '',
  ].join('\n')
}

/** The words as comments, so that a shell can be given all of it: `eval "$(trackside ca --for node)"`. */
function script({ steps }: TrustGuide): string {
  return steps.map(({ text, code }) => `# ${text}\n${code === null ? '' : `${code}\n`}`).join('')
}

async function test(client: Client, https: Https, timeoutMs: number, signal: AbortSignal): Promise<number> {
  const { lastEventId } = await client.status()
  process.stdout.write(`Waiting for a call to ${https.url} …\n`)
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const events = await client.events.stream({ after: lastEventId }, { signal: timeout })
  for await (const { id } of streamed(events, timeout)) {
    const event = await client.events.get({ id })
    if (event.request.secure !== true) {
      process.stdout.write(`Event ${id} came over http: its SDK has the address with http:// still.\n`)
      continue
    }
    process.stdout.write(`Event ${id} came over https, from ${sender(event)}: the CA is trusted there.\n`)
    return 0
  }
  process.stdout.write(`Nothing came over https within ${Math.round(timeoutMs / 1000)} s.\n`)
  return 1
}

function sender({ library, request }: EventDetail): string {
  if (library.name !== null) return printable(`${library.name} ${library.version ?? ''}`.trim())
  const agent = request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
  return agent === undefined ? 'a client that does not say what it is' : printable(agent)
}
