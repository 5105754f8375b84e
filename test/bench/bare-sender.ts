import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import { Pool } from 'undici'
import { inputFromParent, onQuestion, say } from './parent.ts'

// What undici can do at best: a few connections, each sending the next body as soon as the last one is answered.

export interface BareSenderInput {
  url: string
  connections: number
}

/** Bodies as they are to arrive; or whether to send them as they are, or to compress them on the way. */
export type BareSenderQuestion = { bodies: Buffer[] } | { compresses: boolean }

const { url, connections } = inputFromParent<BareSenderInput>()
const { origin, pathname } = new URL(url)
const pool = new Pool(origin, { connections, pipelining: 1 })
const compress = promisify(gzip)
let bodies: { sent: Buffer; plain: Buffer; isGzip: boolean }[] = []

async function sendAll(compresses: boolean): Promise<void> {
  let next = 0
  async function send(): Promise<void> {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const answer = await pool.request({
        method: 'POST',
        path: `${pathname}/batch`,
        headers: {
          'content-type': 'application/json',
          ...(body.isGzip ? { 'content-encoding': 'gzip' } : {}),
        },
        body: compresses && body.isGzip ? await compress(body.plain, { level: 1 }) : body.sent,
      })
      await answer.body.dump()
    }
  }
  await Promise.all(Array.from({ length: connections }, send))
}

onQuestion<BareSenderQuestion>((question) => {
  if ('bodies' in question) {
    bodies = question.bodies.map((sent) => {
      const isGzip = sent[0] === 0x1f && sent[1] === 0x8b
      return { sent, plain: isGzip ? gunzipSync(sent) : sent, isGzip }
    })
    say('ready')
  } else {
    void sendAll(question.compresses).then(() => say('sent'))
  }
})
say('started')
