/** What a plan can be read from. `trackside` is the JSON Schema that is exported here. */
export const importFormats = ['trackside', 'segment', 'rudderstack', 'csv', 'json-schema'] as const
export type ImportFormat = (typeof importFormats)[number]
