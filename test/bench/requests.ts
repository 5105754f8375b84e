import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CallMaker, idMark, seededRandom } from './calls.ts'
import type { RequestTemplate } from './calls.ts'

/** Requests written down for a load generator: a file with a line `path<TAB>body` for each. */
export interface RequestFile {
  file: string
  /** Events in each request. */
  events: number
  /** Mean bytes of a body. */
  bytes: number
}

function write(file: string, templates: readonly RequestTemplate[]): RequestFile {
  writeFileSync(file, templates.map(({ path, body }) => `${path}\t${body}\n`).join(''))
  const bytes = templates.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
  return { file, events: templates[0]?.events ?? 0, bytes: bytes / templates.length }
}

export function writeSingleCalls(folder: string): RequestFile {
  const maker = new CallMaker(seededRandom(1))
  return write(
    join(folder, 'single-calls.txt'),
    Array.from({ length: 2_000 }, () => maker.single()),
  )
}

export function writeBatches(folder: string, size = 100): RequestFile {
  const maker = new CallMaker(seededRandom(2))
  return write(
    join(folder, 'batches.txt'),
    Array.from({ length: 40 }, () => maker.batch(size)),
  )
}

/** The file's requests over and over, as bytes for a socket; each mark becomes a number that comes once only. */
export function* readRequests(file: string, run: number): Generator<string, never> {
  const requests = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [path = '', body = ''] = line.split('\t')
      const head =
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`
      return (head + body).split(idMark)
    })
  let number = run * 1_000_000_000
  for (;;) {
    for (const [first = '', ...others] of requests) {
      let request = first
      for (const piece of others) {
        number += 1
        request += String(number).padStart(idMark.length, '0') + piece
      }
      yield request
    }
  }
}
