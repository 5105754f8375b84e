export { NameIndex } from './name-index.ts'
