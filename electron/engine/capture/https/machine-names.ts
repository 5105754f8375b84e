import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'

/** What a server certificate is made out to. */
export interface MachineNames {
  domains: string[]
  addresses: string[]
}

/**
 * The domains below which the authority may sign, and nothing else: whoever gets hold of its key can pretend to be
 * a machine of the local network, not the user's bank. `.local` is mDNS, `.internal` is reserved for private use.
 * Addresses are free, because those of a machine change.
 */
export const permittedDomains = ['localhost', 'local', 'internal'] as const

const always = {
  // A program in a container reaches this machine by the last two: Docker's and Podman's.
  domains: ['localhost', 'host.docker.internal', 'host.containers.internal'],
  // An Android emulator reaches it by 10.0.2.2.
  addresses: ['127.0.0.1', '::1', '10.0.2.2'],
}

const isPermitted = (domain: string): boolean =>
  permittedDomains.some((permitted) => domain === permitted || domain.endsWith(`.${permitted}`))

/** What this machine is called right now, by itself and by others; `host` is what capture listens on. */
export function machineNames(host: string): MachineNames {
  const [machine = ''] = hostname().toLowerCase().split('.')
  const isLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(machine)
  const domains = [...always.domains, ...(isLabel ? [`${machine}.local`] : [])]
  if (isIP(host) === 0 && isPermitted(host)) domains.push(host)
  const addresses = [...always.addresses, ...networkAddresses()]
  if (isIP(host) !== 0 && host !== '0.0.0.0' && host !== '::') addresses.push(host)
  return { domains: unique(domains), addresses: unique(addresses) }
}

/** Those of a single cable or radio (fe80::) are left out: no URL can hold them. */
function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address)
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]
