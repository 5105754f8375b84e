import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { EngineAddress } from '../engine/options.ts'
import { defaultDataDirectory } from '../engine/store/data-directory.ts'
import { openInBrowser } from './browser.ts'
import { configAt } from './config-argument.ts'
import { isToken } from './connection.ts'
import { reportError } from './output.ts'

export const defaultPort = 7357
export const defaultAppPort = 7358
export const defaultHttpsPort = 7359

interface ServeFlags {
  port: number
  appPort: number
  host: string
  https?: boolean
  httpsPort: number
  data?: string
  token?: string
  config?: string
  open?: boolean
  json?: boolean
}

function tokenText(value: string): string {
  if (!isToken(value)) throw new InvalidArgumentError('A token is made of letters, digits, and -._~')
  return value
}

function portNumber(value: string): number {
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 asks for a free one.')
  }
  return port
}

/** The built page, seen from the sources as well as from the build. */
function pageFolder(): string {
  const isSource = import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(isSource ? '../../dist/renderer' : '../../renderer', import.meta.url))
}

/** The page with the token behind `#`, where it reaches neither servers nor logs. */
export function pageAddress({ app, token }: EngineAddress): string {
  return `${app}/#token=${token}`
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('capture, and serve the page to the browser')
    .option('--port <port>', 'where SDKs send their calls', portNumber, defaultPort)
    .option('--app-port <port>', 'where the page and the API are', portNumber, defaultAppPort)
    .option(
      '--host <address>',
      'where capture listens; 0.0.0.0 opens capture, and only capture, to the LAN',
      '127.0.0.1',
    )
    .option('--https', 'capture over https, too, with a certificate that `trackside ca` tells how to trust')
    .option(
      '--https-port <port>',
      'where SDKs that insist on https send theirs',
      portNumber,
      defaultHttpsPort,
    )
    .option('--data <directory>', 'where events are kept')
    .option(
      '--token <token>',
      'what the page and the API ask for, instead of the one in the data directory',
      tokenText,
    )
    .option('--config <file>', 'the trackside.json to follow, instead of the one found here or above')
    .option('--open', 'open the page in the browser')
    .option('--json', 'print one line of JSON when ready, and nothing else')
    .action((flags: ServeFlags) => serve(flags).catch(reportError))
}

export async function serve(flags: ServeFlags): Promise<void> {
  // No other subcommand needs it, and loading it takes longer than most of them.
  const { startEngine } = await import('../engine/engine.ts')
  const engine = await startEngine({
    port: flags.port,
    appPort: flags.appPort,
    host: flags.host,
    ...(flags.https === undefined ? {} : { https: flags.https }),
    httpsPort: flags.httpsPort,
    data: resolve(flags.data ?? defaultDataDirectory()),
    ...(flags.token === undefined ? {} : { token: flags.token }),
    page: pageFolder(),
    hostKind: 'browser',
    ...(flags.config === undefined ? { configFolder: process.cwd() } : { config: configAt(flags.config) }),
  })
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    engine.stop().then(() => process.exit(0), reportError)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const { address } = engine
  process.stdout.write(flags.json === true ? `${JSON.stringify(address)}\n` : welcome(address, flags.host))
  if (flags.open === true) openInBrowser(pageAddress(address))
}

function welcome(address: EngineAddress, host: string): string {
  const lines = [
    'Trackside is capturing.',
    '',
    `  Point your SDK at   ${address.capture}`,
    ...(address.https === undefined
      ? []
      : [`  or, over https, at  ${address.https}`, '  after trusting it:  trackside ca']),
    `  Open the page at    ${pageAddress(address)}`,
    `  Events are kept in  ${address.data}`,
    '',
  ]
  if (host === '0.0.0.0') lines.push('  Capture is open to the local network; the page is not.', '')
  lines.push('Stop it with Ctrl C.', '')
  return lines.join('\n')
}
