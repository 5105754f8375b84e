import { Connection } from './connection.ts'
import { inputFromParent, say } from './parent.ts'
import { readRequests } from './requests.ts'
import { percentile } from './statistics.ts'

// Sends as fast as the answers come, over a number of connections: for so many seconds, or so many requests.

export interface FloodInput {
  url: string
  file: string
  run: number
  connections: number
  seconds?: number
  requests?: number
}

/** What a flood has brought; times in milliseconds. */
export interface FloodResult {
  requests: number
  ms: number
  /** Answers that were no 200, and requests without an answer. */
  failed: number
  p50: number
  p99: number
}

const { url, file, run, connections, seconds = Infinity, requests = Infinity } = inputFromParent<FloodInput>()
const source = readRequests(file, run)
const latencies: number[] = []
const begin = performance.now()
const end = begin + seconds * 1000
let sent = 0
let failed = 0

async function flood(): Promise<void> {
  const connection = new Connection(url)
  try {
    while (sent < requests && performance.now() < end) {
      sent += 1
      const at = performance.now()
      const status = await connection.send(source.next().value)
      latencies.push(performance.now() - at)
      if (status !== 200) failed += 1
    }
  } catch {
    failed += 1
  } finally {
    connection.close()
  }
}

await Promise.all(Array.from({ length: connections }, flood))
const ms = performance.now() - begin
say({
  requests: latencies.length,
  ms,
  failed,
  p50: percentile(latencies, 0.5),
  p99: percentile(latencies, 0.99),
} satisfies FloodResult)
