import { networkInterfaces } from 'node:os'

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Whether others in the network reach a capture that listens on `host`, as far as the network lets them. */
export const isOpen = (host: string): boolean => !/^(?:127\.|localhost$|::1$)/.test(host)

/** Addresses under which phones and emulators reach this machine, when capture listens beyond the loopback. */
function lanAddresses(host: string): string[] {
  if (!isEverywhere(host)) return []
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address)
}

/** Where SDKs reach a capture that listens on `host`: from this machine first, then from the others. */
export function captureUrls(
  host: string,
  port: number,
  protocol: 'http' | 'https' = 'http',
): [own: string, ...others: string[]] {
  const urlOf = (address: string): string =>
    `${protocol}://${address.includes(':') ? `[${address}]` : address}:${port}`
  return [urlOf(isEverywhere(host) ? '127.0.0.1' : host), ...lanAddresses(host).map(urlOf)]
}
