/** What the Segment spec says a reserved trait or property is. */
export type ReservedType = 'text' | 'number' | 'object' | 'date' | 'list'

type Reserved = Readonly<Record<string, ReservedType>>

/** Of an identify call. The spec reads keys in any case: `createdAt` is `created_at`; here they are squeezed. */
export const userTraits: Reserved = {
  address: 'object',
  age: 'number',
  avatar: 'text',
  birthday: 'date',
  company: 'object',
  createdat: 'date',
  description: 'text',
  email: 'text',
  firstname: 'text',
  gender: 'text',
  id: 'text',
  lastname: 'text',
  name: 'text',
  phone: 'text',
  title: 'text',
  username: 'text',
  website: 'text',
}

/** Of a group call. `employees` is left out: the spec says text, its own examples a number. */
export const accountTraits: Reserved = {
  address: 'object',
  avatar: 'text',
  createdat: 'date',
  description: 'text',
  email: 'text',
  id: 'text',
  industry: 'text',
  name: 'text',
  phone: 'text',
  website: 'text',
  plan: 'text',
}

/** Of a page call. */
export const pageProperties: Reserved = {
  name: 'text',
  path: 'text',
  referrer: 'text',
  search: 'text',
  title: 'text',
  url: 'text',
  keywords: 'list',
}

/** Of a screen call. */
export const screenProperties: Reserved = { name: 'text' }

/** `created_at`, `createdAt` and `Created At` are one trait. */
export function squeezedKey(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '')
}
