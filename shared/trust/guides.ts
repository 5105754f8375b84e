import { devices } from './devices.ts'
import type { TrustGuide, TrustTarget } from './guide.ts'
import { runtimes } from './runtimes.ts'
import { systems } from './systems.ts'

/** How each kind of client comes to trust the CA, with the lines for this machine. */
export function trustGuides(target: TrustTarget): TrustGuide[] {
  return [...runtimes(target), ...systems(target), ...devices(target)]
}
