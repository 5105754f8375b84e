import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onQuestion, say } from './parent.ts'

// A destination that answers at once. It keeps the bodies, so that the same ones can be sent again.

export type SinkQuestion = 'what came' | 'forget'

export type SinkWord = { url: string } | SinkReport

export interface SinkReport {
  /** From the arrival of the first request to the last answer. */
  ms: number
  bodies: Buffer[]
}

const success = Buffer.from('{"success":true}')
let bodies: Buffer[] = []
let firstAt = 0
let lastAt = 0

const server = createServer((request, response) => {
  if (bodies.length === 0) firstAt = performance.now()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks))
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': success.length })
    response.end(success)
    lastAt = performance.now()
  })
})

onQuestion<SinkQuestion>((question) => {
  say({ ms: lastAt - firstAt, bodies: question === 'forget' ? [] : bodies } satisfies SinkReport)
  if (question === 'forget') bodies = []
})

server.listen(0, '127.0.0.1', () => {
  say({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` } satisfies SinkWord)
})
