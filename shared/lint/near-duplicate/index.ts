export { NameIndex } from './name-index.ts'
export { isOneLetterApart } from './vocabulary.ts'
export type { Kin } from './name-index.ts'
