/** What a plan can be written as. */
export const exportFormats = ['json-schema', 'csv', 'markdown', 'typescript'] as const
export type ExportFormat = (typeof exportFormats)[number]
