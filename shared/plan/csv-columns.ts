/** The columns of a plan as a table, in their order: our own headings, and by which others they go elsewhere. */
export const csvColumns = {
  event: { title: 'Event', others: ['event name', 'track call'] },
  eventDescription: { title: 'Event description', others: [] },
  property: { title: 'Property', others: ['property name', 'property path', 'path', 'key'] },
  type: { title: 'Type', others: ['data type', 'datatype', 'property type', 'property data type'] },
  required: { title: 'Required', others: ['status', 'required?', 'is required', 'property status'] },
  values: {
    title: 'Values',
    others: ['permitted values', 'allowed values', 'enum', 'property permitted values'],
  },
  format: { title: 'Format', others: ['property format'] },
  description: { title: 'Description', others: ['property description'] },
  otherRules: { title: 'Other rules', others: [] },
  plan: { title: 'Plan', others: ['tracking plan'] },
  /** Of events and properties alike, where the table has no other column for either. */
  name: { title: 'Name', others: [] },
  eventType: { title: 'Event type', others: ['call type', 'call'] },
} as const satisfies Record<string, { title: string; others: readonly string[] }>

export type CsvColumn = keyof typeof csvColumns

/** What we write; the other columns are only read. */
export const writtenColumns = [
  'event',
  'eventDescription',
  'property',
  'type',
  'required',
  'values',
  'format',
  'description',
  'otherRules',
  'plan',
] as const satisfies readonly CsvColumn[]

/** The column of a heading, whatever its case and its underscores. */
export function columnOf(heading: string): CsvColumn | null {
  const plain = heading.trim().toLowerCase().replaceAll('_', ' ')
  for (const [column, { title, others }] of Object.entries(csvColumns)) {
    const names: readonly string[] = [title.toLowerCase(), ...others]
    if (names.includes(plain)) return column as CsvColumn
  }
  return null
}
