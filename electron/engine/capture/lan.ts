import { networkInterfaces } from 'node:os'

/** Addresses under which phones and emulators reach this machine, when capture listens beyond the loopback. */
export function lanAddresses(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return []
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address)
}
