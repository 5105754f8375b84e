import { computed, ref } from 'vue'
import type { ComputedRef, Ref, WritableComputedRef } from 'vue'
import { useAddress, useQueryText } from '../../lib/address.ts'
import { presets } from '../../../shared/contract/schemas.ts'
import type { Preset, ReplayOptions } from '../../../shared/contract/schemas.ts'

type Text = WritableComputedRef<string | undefined>
export type IdPair = [from: string, to: string]

export interface TermMistakes {
  speed?: string
  rate?: string
  integrations?: string
}

/** Everything that decides about a replay. All of it stands in the address but for the write key, which is secret. */
export interface ReplayTerms {
  query: WritableComputedRef<string>
  destinationId: WritableComputedRef<number | null>
  preset: WritableComputedRef<Preset>
  /** As typed. */
  speed: Text
  rate: Text
  integrations: Text
  onlyNew: WritableComputedRef<boolean>
  /** Keys, separated by commas. */
  remove: Text
  mask: Text
  userIds: WritableComputedRef<IdPair[]>
  accountIds: WritableComputedRef<IdPair[]>
  writeKey: Ref<string>
  mistakes: ComputedRef<TermMistakes>
  /** What the engine is asked for, without the write key; null while something is wrong. */
  options: ComputedRef<Partial<ReplayOptions> | null>
}

export function useReplayTerms(): ReplayTerms {
  const to = useAddress('to')
  const presetText = useAddress('preset')
  const newText = useAddress('new')
  const speed = useAddress('speed')
  const rate = useAddress('rate')
  const integrations = useAddress('integrations')
  const remove = useAddress('remove')
  const mask = useAddress('mask')
  const userIds = useIdPairs('users')
  const accountIds = useIdPairs('accounts')

  const preset = computed<Preset>({
    get: () => presets.find((known) => known === presetText.value) ?? 'historical',
    set: (chosen) => (presetText.value = chosen === 'historical' ? undefined : chosen),
  })
  const mistakes = computed<TermMistakes>(() => ({
    ...(preset.value === 'live' && numberIn(speed.value, 0.01, 10_000) === null
      ? { speed: 'A number from 0.01 to 10,000.' }
      : {}),
    ...(numberIn(rate.value, 1, 100_000) === null || !Number.isInteger(Number(rate.value ?? 1))
      ? { rate: 'A whole number from 1 to 100,000.' }
      : {}),
    ...(objectIn(integrations.value) === null
      ? { integrations: 'A JSON object, such as {"All": false}.' }
      : {}),
  }))
  const onlyNew = computed({
    get: () => newText.value === 'yes',
    set: (isOn) => (newText.value = isOn ? 'yes' : undefined),
  })

  const options = computed<Partial<ReplayOptions> | null>(() => {
    if (Object.keys(mistakes.value).length > 0) return null
    const speedNumber = preset.value === 'live' ? numberIn(speed.value, 0.01, 10_000) : undefined
    const rateNumber = numberIn(rate.value, 1, 100_000)
    const integrationsObject = objectIn(integrations.value)
    const removed = keysIn(remove.value)
    const masked = keysIn(mask.value)
    return {
      ...(speedNumber == null ? {} : { speed: speedNumber }),
      ...(rateNumber == null ? {} : { eventsPerSecond: rateNumber }),
      ...(integrationsObject == null ? {} : { integrations: integrationsObject }),
      ...(onlyNew.value ? { onlyNew: true } : {}),
      ...(removed.length === 0 ? {} : { remove: removed }),
      ...(masked.length === 0 ? {} : { mask: masked }),
      ...(userIds.value.length === 0 ? {} : { userIds: Object.fromEntries(userIds.value) }),
      ...(accountIds.value.length === 0 ? {} : { accountIds: Object.fromEntries(accountIds.value) }),
    }
  })

  return {
    query: useQueryText(),
    destinationId: computed({
      get: () => (/^\d+$/.test(to.value ?? '') ? Number(to.value) : null),
      set: (id) => (to.value = id === null ? undefined : String(id)),
    }),
    preset,
    speed,
    rate,
    integrations,
    onlyNew,
    remove,
    mask,
    userIds,
    accountIds,
    writeKey: ref(''),
    mistakes,
    options,
  }
}

/** The address of a new replay that is sent in the same way. */
export function addressOf(terms: {
  query: string
  destinationId: number
  preset: Preset
  options: Omit<ReplayOptions, 'writeKey'>
}): { path: string; query: Record<string, string> } {
  const { query, destinationId, preset, options } = terms
  const parts: [string, string | undefined][] = [
    ['q', query],
    ['to', String(destinationId)],
    ['preset', preset === 'historical' ? undefined : preset],
    ['speed', options.speed === 1 ? undefined : String(options.speed)],
    ['rate', options.eventsPerSecond?.toString()],
    ['integrations', json(options.integrations)],
    ['new', options.onlyNew ? 'yes' : undefined],
    ['remove', options.remove?.join(', ')],
    ['mask', options.mask?.join(', ')],
    ['users', json(options.userIds)],
    ['accounts', json(options.accountIds)],
  ]
  return {
    path: '/replay/new',
    query: Object.fromEntries(
      parts.filter((part): part is [string, string] => part[1] !== undefined && part[1] !== ''),
    ),
  }
}

function json(value: Record<string, unknown> | undefined): string | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : JSON.stringify(value)
}

/** Pairs of old and new ids, as a JSON object in the address: an id may hold any character. */
function useIdPairs(key: string): WritableComputedRef<IdPair[]> {
  const text = useAddress(key)
  return computed({
    get: () =>
      Object.entries(objectIn(text.value) ?? {}).filter(
        (pair): pair is IdPair => typeof pair[1] === 'string' && pair[1] !== '',
      ),
    set: (pairs) => (text.value = json(Object.fromEntries(pairs))),
  })
}

/** Undefined for nothing typed, null for what is no such number. */
function numberIn(text: string | undefined, low: number, high: number): number | null | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return value >= low && value <= high ? value : null
}

function objectIn(text: string | undefined): Record<string, unknown> | null | undefined {
  if (text === undefined || text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

const keysIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
