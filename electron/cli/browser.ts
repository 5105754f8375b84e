import { spawn } from 'node:child_process'

/** Opens an address with what the system has for it; where there is nothing, the printed address is enough. */
export function openInBrowser(address: string): void {
  const [command, ...before] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open']
  if (command === undefined) return
  const child = spawn(command, [...before, address], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
