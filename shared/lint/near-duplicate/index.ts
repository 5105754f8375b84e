export { NameIndex } from './name-index.ts'
export type { Kin } from './name-index.ts'
