import type { Status } from '../../shared/contract/schemas.ts'

/** Where https would listen, for lines that need it while it is off. */
export const httpsAssumed = 'https://127.0.0.1:7359'

/** Where lines point that can't do without https. */
export const httpsAddress = ({ https }: Pick<Status['capture'], 'https'>): string =>
  https?.url ?? httpsAssumed
