export { personalDataIn } from './find.ts'
export type { PersonalDataKind, PersonalDatum } from './find.ts'
export { hint, maskedValue, withoutPersonalData } from './mask.ts'
