import { browserSdks } from './browser.ts'
import { mobileSdks } from './mobile.ts'
import { rudderSdks } from './rudder.ts'
import type { Family, Sdk } from './sdk.ts'
import { serverSdks } from './server.ts'
import { vendorSdks } from './vendors.ts'

export { targetOf } from './sdk.ts'
export type { Sdk, Target, Variant } from './sdk.ts'

/** In the order of the list. */
export const sdks: readonly Sdk[] = [
  ...browserSdks,
  ...serverSdks,
  ...mobileSdks,
  ...rudderSdks,
  ...vendorSdks,
]

/** The one that an address names; the first where it names none. */
export function sdkOf(id: string | undefined): Sdk {
  const found = sdks.find((sdk) => sdk.id === id) ?? sdks[0]
  if (found === undefined) throw new Error('There is no SDK at all')
  return found
}

/** Those whose name or package has every word of `search`, by family; families without one are left out. */
export function sdksByFamily(search: string): { family: Family; sdks: Sdk[] }[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = sdks.filter(({ family, title, platform, id }) => {
    const text = `${family} ${title} ${platform} ${id}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return [...new Set(found.map(({ family }) => family))].map((family) => ({
    family,
    sdks: found.filter((sdk) => sdk.family === family),
  }))
}
