import type { CatalogDetail, CatalogName, TrendSpan } from '../../../shared/contract/catalog.ts'
import type { Answer } from '../../lib/answer.ts'
import { useAnswer } from '../../lib/answer.ts'
import type { Client } from '../../lib/engine.ts'
import { addressOfName, headInAddress } from '../../lib/name-text.ts'
import { pulse } from '../../lib/pulse.ts'

/** What is known of the name that the address holds; `listed` are names that need not be looked for. */
export function useNameDetail(
  address: () => string | undefined,
  trend: () => TrendSpan,
  listed: () => readonly CatalogName[],
): Answer<CatalogDetail> {
  return useAnswer(
    () => {
      const text = address()
      return text === undefined ? null : { text, trend: trend() }
    },
    async (client, asked) =>
      client.catalog.get({ name: await nameAt(client, asked.text, listed()), trend: asked.trend }),
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
}

async function nameAt(client: Client, address: string, listed: readonly CatalogName[]): Promise<string> {
  const isMeant = ({ name }: CatalogName): boolean => addressOfName(name) === address
  const known = listed.find(isMeant)
  if (known !== undefined) return known.name
  const head = headInAddress(address)
  if (head === null) return address
  const { names } = await client.catalog.list({ search: head })
  return names.find(isMeant)?.name ?? address
}
