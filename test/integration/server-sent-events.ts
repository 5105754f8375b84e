import type { EventDetail, TracksideEvent } from '../../shared/event.ts'

export interface ServerSentEvent {
  id: string | null
  event: string
  data: TracksideEvent | EventDetail
}

/** Reads server-sent events off the body of an answer as they come; comments that keep the line alive are left out. */
export async function* serverSentEvents(answer: Response): AsyncGenerator<ServerSentEvent> {
  if (answer.body === null) throw new Error('an answer without a body')
  let text = ''
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      const field = (name: string): string | null =>
        new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? null
      const data = field('data')
      if (data === null) continue
      yield { id: field('id'), event: field('event') ?? 'message', data: JSON.parse(data) as TracksideEvent }
    }
  }
}
