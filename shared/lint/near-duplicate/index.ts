export { NameIndex } from './name-index.ts'
export type { Kin } from './name-index.ts'
export { survivorOf } from './survivor.ts'
export type { Candidate } from './survivor.ts'
