import { say } from './parent.ts'

// A peer that records: mockttp, answering as the bare server does, and keeping what it has seen.

/** What is used of it: the package is not one of ours, and is only measured where somebody has installed it. */
interface Mockttp {
  url: string
  start(): Promise<void>
  forAnyRequest(): {
    thenReply(status: number, body: string, headers: Record<string, string>): Promise<unknown>
  }
}

const name: string = 'mockttp'
const { getLocal } = (await import(name)) as { getLocal(options: { recordTraffic: boolean }): Mockttp }
const server = getLocal({ recordTraffic: true })
await server.start()
await server.forAnyRequest().thenReply(200, '{"success":true}', { 'Content-Type': 'application/json' })
say(server.url)
