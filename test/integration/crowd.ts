import type { JsonObject } from '../../shared/event.ts'
import type { SentRequest } from './few-people.ts'

const newcomersEach = 10

const request = (source: string, calls: JsonObject[]): SentRequest => ({
  laterMs: 500,
  source,
  calls,
  batch: {},
  isRefused: false,
})

const personOf = (number: number): JsonObject => ({
  userId: `user-${number}`,
  anonymousId: `device-${number}`,
})
const inAccount = (number: number): JsonObject => ({ context: { groupId: `account-${number}` } })

/**
 * Calls of more sources, users and accounts than analysis has in mind at a time. Each source brings people who are new,
 * is interrupted by the next one, and goes on about the first of them; in the end those of the beginning come back.
 */
export function requestsOfACrowd(sources: number): SentRequest[] {
  let sent = 0
  const messageId = (): string => `message-${(sent += 1)}`
  const visit = (who: JsonObject): JsonObject => ({ type: 'page', messageId: messageId(), ...who })
  const invoice = (who: JsonObject): JsonObject => ({
    type: 'track',
    event: 'Invoice Sent',
    messageId: messageId(),
    properties: { total_amount: sent, lineItems: 1 },
    ...who,
  })
  const requests = Array.from({ length: sources }, (_, index): SentRequest[] => {
    const source = `source-${index}`
    const newcomers = Array.from({ length: newcomersEach }, (_unused, place) => index * newcomersEach + place)
    const first = index * newcomersEach
    return [
      request(
        source,
        newcomers.map((number) => visit({ ...personOf(number), ...inAccount(number) })),
      ),
      request(`source-${index + 1}`, [invoice({ anonymousId: `device-${first}` })]),
      request(source, [invoice(personOf(first)), invoice({ ...personOf(first), ...inAccount(first + 1) })]),
    ]
  })
  const returning = Array.from({ length: 100 }, (_, index): SentRequest => {
    const { userId, anonymousId } = personOf(index)
    return request(`source-${index}`, [
      {
        type: 'group',
        messageId: messageId(),
        userId,
        groupId: `account-${index}`,
        traits: { name: 'Acme' },
      },
      invoice({ userId, anonymousId: `device-${index + 1}`, ...inAccount(index + 2) }),
      invoice({ userId, anonymousId }),
    ])
  })
  return [...requests.flat(), ...returning]
}
