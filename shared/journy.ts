import type { CallType, JsonObject } from './event.ts'

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** Without the keys that hold nothing. */
function present(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )
}

/**
 * A call to journy.io's own API as the call of the Segment spec that means the same; any other call as it is.
 * `identification` tells them apart: every call to journy.io has one, and no field of the spec is called so.
 *
 * An event is a track; an upserted user and a linked device are an identify; an upserted account is a group, whose
 * user is its member where it names exactly one. Who is known by e-mail alone, or by domain, has that for an id.
 */
export function segmentCall(call: JsonObject, type: CallType | null): JsonObject {
  const identification: unknown = call['identification']
  if (typeof identification !== 'object' || identification === null) return call
  switch (type) {
    case 'track':
      return trackOf(call, objectOf(identification))
    case 'identify':
      return identifyOf(call, objectOf(identification))
    case 'group':
      return groupOf(call, objectOf(identification))
    default:
      return call
  }
}

function trackOf(call: JsonObject, { user, account }: JsonObject): JsonObject {
  const { identification: _, name, triggeredAt, metadata, ...rest } = call
  const { email } = objectOf(user)
  const context = present({
    groupId: accountIdOf(objectOf(account)),
    traits: nullIfEmpty(present({ email })),
  })
  return {
    ...rest,
    type: 'track',
    ...present({
      event: name,
      userId: userIdOf(objectOf(user)),
      timestamp: triggeredAt,
      properties: metadata,
      context: nullIfEmpty(context),
    }),
  }
}

function identifyOf(call: JsonObject, user: JsonObject): JsonObject {
  const { identification: _, deviceId, properties, ...rest } = call
  const traits = { ...present({ email: user['email'] }), ...objectOf(properties) }
  return {
    ...rest,
    type: 'identify',
    ...present({ userId: userIdOf(user), anonymousId: deviceId, traits: nullIfEmpty(traits) }),
  }
}

function groupOf(call: JsonObject, account: JsonObject): JsonObject {
  const { identification: _, properties, ...rest } = call
  const members: unknown = call['members']
  const only = Array.isArray(members) && members.length === 1 ? objectOf(members[0]) : {}
  const traits = { ...present({ domain: account['domain'] }), ...objectOf(properties) }
  return {
    ...rest,
    type: 'group',
    ...present({
      groupId: accountIdOf(account),
      userId: userIdOf(objectOf(only['identification'])),
      traits: nullIfEmpty(traits),
    }),
  }
}

function nullIfEmpty(fields: JsonObject): JsonObject | null {
  return Object.keys(fields).length === 0 ? null : fields
}

function userIdOf({ userId, email }: JsonObject): unknown {
  return userId ?? email
}

function accountIdOf({ accountId, domain }: JsonObject): unknown {
  return accountId ?? domain
}
