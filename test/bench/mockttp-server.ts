import { say } from './parent.ts'

// A peer that records: mockttp, answering as the bare server does, and keeping what it has seen.

/** What is used of it: the package is not one of ours, and is only measured where somebody has installed it. */
interface Mockttp {
  port: number
  start(): Promise<void>
  forAnyRequest(): {
    thenReply(status: number, body: string, headers: Record<string, string>): Promise<unknown>
  }
}

const name: string = 'mockttp'
const { getLocal } = (await import(name)) as { getLocal(options: { recordTraffic: boolean }): Mockttp }
const server = getLocal({ recordTraffic: true })
await server.start()
const success = '{"success":true}'
// Without a length the answer would end with its connection.
const headers = { 'Content-Type': 'application/json', 'Content-Length': String(success.length) }
await server.forAnyRequest().thenReply(200, success, headers)
say(`http://127.0.0.1:${server.port}`)
