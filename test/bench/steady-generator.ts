import { Connection } from './connection.ts'
import { inputFromParent, say } from './parent.ts'
import { readRequests } from './requests.ts'
import { percentile } from './statistics.ts'

// Sends at a rate, whether answers come or not: a request whose turn has come takes a free connection or a new one,
// so a slow server can't slow down its own questions.

export interface SteadyInput {
  url: string
  file: string
  run: number
  perSecond: number
  seconds: number
  /** What the first so many seconds bring is not counted. */
  warmUpSeconds: number
}

/** Times in milliseconds, from the moment at which a request was sent. */
export interface SteadyResult {
  requests: number
  failed: number
  p50: number
  p99: number
  longest: number
  /** How late the generator itself was with 99 % of the requests. */
  late99: number
}

const { url, file, run, perSecond, seconds, warmUpSeconds } = inputFromParent<SteadyInput>()
const source = readRequests(file, run)
const free: Connection[] = []
const latencies: number[] = []
const lateness: number[] = []
const underWay = new Set<Promise<void>>()
let failed = 0

async function ask(isCounted: boolean): Promise<void> {
  const connection = free.pop() ?? new Connection(url)
  const at = performance.now()
  try {
    const status = await connection.send(source.next().value)
    if (isCounted) latencies.push(performance.now() - at)
    if (status !== 200) failed += 1
    free.push(connection)
  } catch {
    failed += 1
    connection.close()
  }
}

const begin = performance.now()
const gap = 1000 / perSecond
const total = (warmUpSeconds + seconds) * perSecond
for (let number = 0; number < total;) {
  const now = performance.now()
  for (; number < total && begin + number * gap <= now; number += 1) {
    const isCounted = number >= warmUpSeconds * perSecond
    if (isCounted) lateness.push(now - begin - number * gap)
    const asked = ask(isCounted).finally(() => underWay.delete(asked))
    underWay.add(asked)
  }
  await new Promise((resolve) => setTimeout(resolve, 1))
}
await Promise.all(underWay)
for (const connection of free) connection.close()
say({
  requests: latencies.length,
  failed,
  p50: percentile(latencies, 0.5),
  p99: percentile(latencies, 0.99),
  longest: percentile(latencies, 1),
  late99: percentile(lateness, 0.99),
} satisfies SteadyResult)
