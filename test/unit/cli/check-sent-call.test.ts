import { expect, it } from 'vitest'
import { exportedCall } from '../../../electron/cli/check/sent-call.ts'
import { decodeRequest } from '../../../electron/engine/capture/decode.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

it.each(['anon', 'YW5vbl8x', '7f1c-e09a', 'Zoë’s laptop'])(
  'an event of an export is read with what its request said beside the call: %s',
  (anonymousId) => {
    const { body, headers, type } = exportedCall({
      type: 'track',
      payload: '{"event":"Page Viewed"}',
      batchIndex: null,
      source: 'Café',
      anonymousId,
      sentAt: '2026-02-03T04:05:06.789Z',
    })
    const { events } = decodeRequest(rawRequest(body, { headers, pathType: type }))
    expect(events).toMatchObject([
      { type: 'track', source: 'Café', anonymousId, sentAt: Date.parse('2026-02-03T04:05:06.789Z') },
    ])
  },
)
