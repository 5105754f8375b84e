import { createServer } from 'node:net'
import { dialog } from 'electron'
import { TracksideError } from '../../shared/contract/errors.ts'
import type { DesktopEngineOptions } from './messages.ts'

/** How far to look: beyond this the machine has another problem than a taken port. */
const portsTried = 50

const ports = [
  {
    flag: '--port',
    option: 'port',
    detail: (free: number) =>
      `Trackside can listen on port ${free} instead: then point your SDK at http://127.0.0.1:${free}.`,
  },
  {
    flag: '--app-port',
    option: 'appPort',
    detail: (free: number) => `Trackside can serve its page on port ${free} instead; nothing else changes.`,
  },
  {
    flag: '--https-port',
    option: 'httpsPort',
    detail: (free: number) =>
      `Trackside can listen on port ${free} instead: then point an SDK that needs https at https://127.0.0.1:${free}.`,
  },
] as const

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Free on both loopbacks, because `localhost` is either. */
async function isFree(port: number): Promise<boolean> {
  return (await listens(port, '127.0.0.1')) && (await listens(port, '::1'))
}

/** The first free port after `taken` that is not among `reserved`; null where there is none nearby. */
export async function nextFreePort(taken: number, reserved: readonly number[]): Promise<number | null> {
  for (let port = taken + 1; port <= Math.min(taken + portsTried, 65_535); port += 1) {
    if (!reserved.includes(port) && (await isFree(port))) return port
  }
  return null
}

/**
 * Asks whether the next free port will do. Gives back the options to try again with, or null where the answer was
 * no; anything but a taken port is thrown on.
 */
export async function offerFreePort(
  error: unknown,
  options: DesktopEngineOptions,
): Promise<DesktopEngineOptions | null> {
  if (!(error instanceof TracksideError) || error.code !== 'PORT_TAKEN') throw error
  const which = ports.find(({ flag }) => flag === error.data['flag'])
  if (which === undefined) throw error
  const taken = options[which.option] ?? 0
  const free = await nextFreePort(
    taken,
    ports.map(({ option }) => options[option] ?? 0),
  )
  if (free === null) throw error
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: `Port ${taken} is taken by another process.`,
    detail: which.detail(free),
    buttons: [`Use ${free}`, 'Quit'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response !== 0) return null
  return { ...options, [which.option]: free }
}
