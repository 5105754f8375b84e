import type { Client } from '../../lib/engine.ts'
import type { Failure } from '../../lib/failure.ts'
import type { Destination } from '../../../shared/contract/schemas.ts'

export type DestinationAuth = Destination['auth']

/** A destination as it stands in the form. A secret is undefined while it stays as it is, and '' to take it away. */
export interface DestinationDraft {
  name: string
  url: string
  production: boolean
  auth: DestinationAuth
  writeKey: string | undefined
  secret: string | undefined
  /** Undefined while the stored ones stay as they are. */
  headers: { name: string; value: string }[] | undefined
  mode: Destination['mode']
  eventsPerSecond: number
  concurrency: number
}

export type DraftField = keyof DestinationDraft
export type Mistakes = Partial<Record<DraftField, string>>

/** A service that speaks the Segment protocol, and what is known of it beforehand. */
export interface Service {
  id: string
  label: string
  url: string
  production: boolean
  placeholder: string
  hint: string
}

/** Only addresses that are the same for everybody: the others depend on a workspace or a machine. */
export const services: readonly Service[] = [
  {
    id: 'segment',
    label: 'Segment',
    url: 'https://api.segment.io/v1',
    production: true,
    placeholder: '',
    hint: 'The write key stands in the settings of the source, under API Keys.',
  },
  {
    id: 'segment-eu',
    label: 'Segment EU',
    url: 'https://events.eu1.segmentapis.com/v1',
    production: true,
    placeholder: '',
    hint: 'For workspaces in the European region.',
  },
  {
    id: 'rudderstack',
    label: 'RudderStack',
    url: '',
    production: true,
    placeholder: 'https://your-data-plane/v1',
    hint: 'RudderStack shows the address of your data plane beside your connections.',
  },
  {
    id: 'journy',
    label: 'journy.io',
    url: '',
    production: true,
    placeholder: 'https://…/v1',
    hint: 'The Segment-compatible address of your workspace, as its settings show it.',
  },
  {
    id: 'trackside',
    label: 'Another Trackside',
    url: 'http://127.0.0.1:',
    production: false,
    placeholder: 'http://127.0.0.1:7357/v1',
    hint: 'With the port at which the other one captures.',
  },
  {
    id: 'other',
    label: 'Other',
    url: '',
    production: false,
    placeholder: 'https://…/v1',
    hint: 'Anything that takes Segment calls; /batch, or the type of the call, is appended.',
  },
]

export function newDraft(): DestinationDraft {
  return {
    name: '',
    url: '',
    production: false,
    auth: 'basic',
    writeKey: '',
    secret: '',
    headers: [],
    mode: 'batch',
    eventsPerSecond: 1000,
    concurrency: 4,
  }
}

/** What is stored of it and may be shown. */
export function draftOf(destination: Destination): DestinationDraft {
  const { name, url, production, auth, mode, eventsPerSecond, concurrency } = destination
  return {
    name,
    url,
    production,
    auth,
    mode,
    eventsPerSecond,
    concurrency,
    writeKey: destination.hasWriteKey ? undefined : '',
    secret: destination.hasSecret ? undefined : '',
    headers: destination.headerNames.length > 0 ? undefined : [],
  }
}

/** What can be said before the engine is asked. */
export function mistakesOf(draft: DestinationDraft): Mistakes {
  const mistakes: Mistakes = {}
  if (draft.name.trim() === '') mistakes.name = 'Give it a name by which you will know it.'
  if (draft.url.trim() === '') mistakes.url = 'Enter the address that events are sent to.'
  if (!isWithin(draft.eventsPerSecond, 1, 100_000)) {
    mistakes.eventsPerSecond = 'A whole number from 1 to 100,000.'
  }
  if (!isWithin(draft.concurrency, 1, 64)) mistakes.concurrency = 'A whole number from 1 to 64.'
  if (draft.headers?.some(({ name, value }) => name.trim() === '' && value !== '') === true) {
    mistakes.headers = 'A header needs a name.'
  }
  return mistakes
}

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high
}

const fields: readonly DraftField[] = [
  'name',
  'url',
  'writeKey',
  'secret',
  'headers',
  'eventsPerSecond',
  'concurrency',
]

/** The fields that the engine did not take, each with why; null when its answer is about no field. */
export function mistakesIn(failure: Failure): Mistakes | null {
  if (failure.code === 'DESTINATION_URL') return { url: failure.message }
  const { detail } = failure.data
  if (failure.code !== 'INPUT_INVALID' || typeof detail !== 'string') return null
  const mistakes: Mistakes = {}
  for (const part of detail.split('; ')) {
    const field = fields.find((name) => new RegExp(`^${name}[.:]`).test(part))
    if (field === undefined) return null
    mistakes[field] = part.slice(part.indexOf(': ') + 2)
  }
  return mistakes
}

/** Creates the destination, or changes the one with this id. */
export async function saveDraft(
  client: Client,
  draft: DestinationDraft,
  id: number | null,
): Promise<Destination> {
  const { writeKey, secret, headers, ...rest } = draft
  const named = headers?.filter(({ name }) => name.trim() !== '')
  const input = {
    ...rest,
    ...(writeKey === undefined ? {} : { writeKey }),
    ...(secret === undefined ? {} : { secret }),
    ...(named === undefined
      ? {}
      : { headers: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])) }),
  }
  return id === null ? client.destinations.create(input) : client.destinations.update({ id, ...input })
}

/** "http:" to another machine. */
export function isReadableOnTheWay(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'http:') return false
  const host = hostname.replace(/^\[|\]$/g, '')
  return !(
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(\.\d+){3}$/.test(host) ||
    host === '::1'
  )
}

/** What has to be typed before a replay to it; null while the address can't be read. */
export const hostIn = (url: string): string | null => (URL.canParse(url) ? new URL(url).host || null : null)

export const authWords: Record<DestinationAuth, { title: string; about: string }> = {
  basic: { title: 'Write key', about: 'Basic, with the write key as the user name: what Segment takes.' },
  bearer: { title: 'Bearer token', about: 'Authorization: Bearer …' },
  header: { title: 'Authorization header', about: 'The whole value of the Authorization header.' },
  none: { title: 'None', about: 'No Authorization header; a write key still goes into the body.' },
}
