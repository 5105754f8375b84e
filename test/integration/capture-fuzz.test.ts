import { afterAll, beforeAll, expect, it } from 'vitest'
import { Campaign, fireAll, inMegabytes } from '../fuzz/campaign.ts'

// Three thousand requests of every kind of wrong, over raw sockets, at an engine in a process of its own. `npm run fuzz`
// fires as many as one likes; a failure names the smallest case, and the seed and path to have it again.

const cases = 3_000
const seed = 20261124
/** What the garbage of such bodies makes the engine hold; a leak would go past it. */
const mostMegabytes = 400

const campaign = new Campaign()

beforeAll(() => campaign.start())

afterAll(() => campaign.end())

it('whatever arrives is answered as SDKs understand it, kept, and breaks nothing', async () => {
  await fireAll(campaign, { cases, seed })
  expect(campaign.cases).toBeGreaterThan(cases / 2)
  const kinds = [...campaign.sent.keys()].map((kind) => kind.split(',', 1)[0])
  expect(new Set(kinds)).toEqual(new Set(['whole', 'lying', 'cut', 'unheard', 'noise']))
  // Neither is everything taken nor everything refused.
  expect(campaign.answered.get('200')).toBeGreaterThan(cases / 10)
  expect(campaign.answered.get('400')).toBeGreaterThan(cases / 10)
  await campaign.judgeTheWhole()
}, 240_000)

it.runIf(process.platform === 'linux')('what the engine holds afterwards is bounded', () => {
  expect(inMegabytes(campaign.ownMemory() - campaign.memoryAtStart)).toBeLessThan(mostMegabytes)
})
