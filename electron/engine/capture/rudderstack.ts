import type { JsonObject } from '../../../shared/event.ts'

/**
 * What RudderStack's SDKs ask for before they send anything: an enabled source without destinations of its own, whose
 * reports about errors and metrics are off. `updatedAt` in ISO 8601.
 */
export function sourceConfigBody(writeKey: string, updatedAt: string): JsonObject {
  return {
    source: {
      id: 'trackside',
      name: 'Trackside',
      writeKey,
      enabled: true,
      workspaceId: 'trackside',
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      destinations: [],
      updatedAt,
    },
    updatedAt,
  }
}
