import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { say } from './parent.ts'

// What `node:http` can do at best: it reads the body, parses it, and forgets it.

const success = Buffer.from('{"success":true}')

// As long as Trackside's: with the usual five seconds it would hang up on a generator that is about to send.
const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'))
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': success.length })
    response.end(success)
  })
})
server.listen(0, '127.0.0.1', () => say(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
