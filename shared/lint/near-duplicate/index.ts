export { NameIndex } from './name-index.ts'
export { isOneLetterApart } from './vocabulary.ts'
