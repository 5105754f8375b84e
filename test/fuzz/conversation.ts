import { connect } from 'node:net'
import type { Delivery } from './wire-case.ts'

export interface HeardAnswer {
  status: number
  headers: ReadonlyMap<string, string>
  body: Buffer
}

export interface Conversation {
  answers: HeardAnswer[]
  /** What came behind the last whole answer. */
  rest: Buffer
  /** Who ended it; `silence` where nothing more came though something was due. */
  end: 'heard all' | 'their end' | 'our reset' | 'their reset' | 'silence'
}

export interface Speech {
  bytes: Buffer
  delivery: Delivery
  /** Of the requests, in turn: HEAD is answered without a body. */
  methods: readonly string[]
  /** Whether all of them are to be answered; else the other side is listened to until it ends. */
  areAllDue: boolean
  then: 'listen' | 'half-close' | 'reset'
}

/** How long nothing may be heard, in milliseconds. */
const silenceMs = 20_000

/** Says it to the port as no HTTP client would, and listens. */
export function converse(
  port: number,
  { bytes, delivery, methods, areAllDue, then }: Speech,
): Promise<Conversation> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let heard = Buffer.alloc(0)
    let isOver = false
    const over = (end: Conversation['end']): void => {
      if (isOver) return
      isOver = true
      if (end === 'our reset') socket.resetAndDestroy()
      else socket.destroy()
      resolve({ ...answersIn(heard, methods), end })
    }
    socket.setTimeout(silenceMs, () => over('silence'))
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk])
      if (areAllDue && answersIn(heard, methods).answers.length >= methods.length) over('heard all')
    })
    socket.on('end', () => over('their end'))
    socket.on('close', () => over('their end'))
    socket.on('error', () => over('their reset'))
    socket.on('connect', () => {
      void speak().catch(() => undefined)
    })

    async function speak(): Promise<void> {
      const size = Math.max(1, Math.ceil(bytes.length / delivery.pieces))
      for (let at = 0; at < bytes.length && !isOver; at += size) {
        await new Promise<void>((written) => socket.write(bytes.subarray(at, at + size), () => written()))
        if (delivery.pauseMs > 0) await new Promise((later) => setTimeout(later, delivery.pauseMs))
      }
      if (then === 'half-close') socket.end()
      if (then === 'reset') over('our reset')
    }
  })
}

/** The answers that are whole by now. */
function answersIn(heard: Buffer, methods: readonly string[]): { answers: HeardAnswer[]; rest: Buffer } {
  const answers: HeardAnswer[] = []
  let rest = heard
  for (;;) {
    const headEnd = rest.indexOf('\r\n\r\n')
    if (headEnd === -1) return { answers, rest }
    const [first = '', ...lines] = rest.subarray(0, headEnd).toString('latin1').split('\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1] ?? Number.NaN)
    const headers = new Map(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 2),
      ]),
    )
    // HEAD is told the length of what it would have got.
    const isBodiless = status < 200 || status === 204 || methods[answers.length] === 'HEAD'
    const length = isBodiless ? 0 : Number(headers.get('content-length') ?? 0)
    const end = headEnd + 4 + length
    if (rest.length < end) return { answers, rest }
    // 100 Continue is not the answer yet.
    if (status >= 200 || Number.isNaN(status))
      answers.push({ status, headers, body: rest.subarray(headEnd + 4, end) })
    rest = rest.subarray(end)
  }
}
