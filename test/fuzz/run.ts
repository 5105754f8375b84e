import { parseArgs } from 'node:util'
import { Campaign, fireAll, inMegabytes } from './campaign.ts'

// `npm run fuzz -- [cases] [--seed n] [--path p]`: fires random requests at an engine, and tells what came of it.

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, path: { type: 'string' } },
})
const cases = Number(positionals[0] ?? 10_000)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)

const campaign = new Campaign()
await campaign.start()
const began = performance.now()
const seconds = (): number => Math.round((performance.now() - began) / 1000)
console.log(`About ${cases} cases, seed ${seed}. The engine holds ${inMegabytes(campaign.memoryAtStart)} MB.`)
let told = 0
try {
  await fireAll(campaign, {
    cases,
    seed,
    ...(values.path === undefined ? {} : { path: values.path }),
    onProgress: () => {
      if (campaign.cases - told < cases / 20) return
      told = campaign.cases
      console.log(`${told} cases in ${seconds()} s: ${inMegabytes(campaign.ownMemory())} MB.`)
    },
  })
  const sentIn = seconds()
  const { events, rejected, bytes } = await campaign.judgeTheWhole()
  console.log(`${campaign.cases} cases in ${sentIn} s, analysed after ${seconds()} s.`)
  console.log(`${events} events, ${rejected} of them rejected, in ${inMegabytes(bytes)} MB.`)
  console.table(Object.fromEntries([...campaign.sent].sort()))
  console.table(Object.fromEntries([...campaign.answered].sort()))
  console.log(`The engine holds ${inMegabytes(campaign.ownMemory())} MB.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message)
  process.exitCode = 1
} finally {
  await campaign.end()
}
