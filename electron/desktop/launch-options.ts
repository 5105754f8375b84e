import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { DesktopEngineOptions } from './messages.ts'

function port(text: string | undefined, otherwise: number): number {
  const number = Number(text)
  return text !== undefined && Number.isInteger(number) && number >= 0 && number <= 65_535
    ? number
    : otherwise
}

/** The flags of `trackside serve`, as the desktop app takes them. Chromium's own flags stand among them: they pass. */
export function launchOptions(argv: readonly string[]): DesktopEngineOptions {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: {
      port: { type: 'string' },
      'app-port': { type: 'string' },
      host: { type: 'string' },
      https: { type: 'boolean' },
      'https-port': { type: 'string' },
      data: { type: 'string' },
      token: { type: 'string' },
      config: { type: 'string' },
    },
  })
  // Without `strict`, a flag that lacks its value is `true`.
  const text = (value: string | boolean | undefined): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined
  const data = text(values.data)
  const token = text(values.token)
  const config = text(values.config)
  return {
    port: port(text(values.port), 7357),
    appPort: port(text(values['app-port']), 7358),
    host: text(values.host) ?? '127.0.0.1',
    ...(values.https === true ? { https: true } : {}),
    httpsPort: port(text(values['https-port']), 7359),
    ...(data === undefined ? {} : { data: resolve(data) }),
    ...(token === undefined ? {} : { token }),
    ...(config === undefined ? {} : { config: resolve(config) }),
  }
}
