import { beforeEach, describe, expect, it } from 'vitest'
import { FaultChooser } from '../../../electron/engine/capture/faults.ts'
import type { Fault } from '../../../shared/contract/settings.ts'

const call = (messageId: string | null, source: string | null = 'web', payload = '{}') => [
  { source, messageId, payload },
]

const fault = (change: Partial<Fault> = {}): Fault => ({
  on: true,
  source: null,
  answer: { kind: 'hang' },
  when: { kind: 'share', percent: 100 },
  ...change,
})

let chance: number
let chooser: FaultChooser

beforeEach(() => {
  chance = 0
  chooser = new FaultChooser(() => chance)
})

const kinds = (count: number, ids: (index: number) => string): (string | undefined)[] =>
  Array.from({ length: count }, (_, index) => chooser.choose(call(ids(index)))?.kind)

describe('a fault', () => {
  it('meets nobody while none is on', () => {
    chooser.set([fault({ on: false })])
    expect(chooser.choose(call('a'))).toBeNull()
  })

  it('meets the share that it says, and with none or all of it leaves nothing to chance', () => {
    chooser.set([fault({ when: { kind: 'share', percent: 5 } })])
    const met = Array.from({ length: 1_000 }, (_, index) => {
      chance = index / 1_000
      return chooser.choose(call(`m${index}`))
    })
    expect(met.filter((answer) => answer !== null)).toHaveLength(50)
    chooser.set([fault({ when: { kind: 'share', percent: 0 } })])
    chance = 0
    expect(chooser.choose(call('a'))).toBeNull()
    chooser.set([fault()])
    chance = 0.999_999
    expect(chooser.choose(call('a'))).toEqual({ kind: 'hang' })
  })

  it('leaves other sources alone, and those that name none', () => {
    chooser.set([fault({ source: 'web' })])
    expect(chooser.choose(call('a', 'web'))).not.toBeNull()
    expect(chooser.choose(call('a', 'ios'))).toBeNull()
    expect(chooser.choose(call('a', null))).toBeNull()
    expect(chooser.choose([])).toBeNull()
  })

  it('for the first requests ends after them, and begins anew when it is switched on again', () => {
    const first = fault({ when: { kind: 'firstRequests', requests: 2 } })
    chooser.set([first])
    expect(kinds(4, (index) => `m${index}`)).toEqual(['hang', 'hang', undefined, undefined])
    chooser.set([first, fault({ source: 'ios' })])
    expect(kinds(1, () => 'm4')).toEqual([undefined])
    chooser.set([{ ...first, on: false }])
    chooser.set([first])
    expect(kinds(3, () => 'm5')).toEqual(['hang', 'hang', undefined])
  })

  it('for the first attempts meets each call so often, however they mix', () => {
    chooser.set([fault({ when: { kind: 'firstAttempts', attempts: 2 } })])
    expect(kinds(8, (index) => (index % 2 === 0 ? 'even' : 'odd'))).toEqual([
      ...['hang', 'hang', 'hang', 'hang'],
      ...[undefined, undefined, undefined, undefined],
    ])
  })

  it('knows the retry of a call without messageId by its text', () => {
    chooser.set([fault({ when: { kind: 'firstAttempts', attempts: 1 } })])
    expect(chooser.choose(call(null, 'web', '{"event":"A"}'))).not.toBeNull()
    expect(chooser.choose(call(null, 'web', '{"event":"B"}'))).not.toBeNull()
    expect(chooser.choose(call(null, 'web', '{"event":"A"}'))).toBeNull()
  })

  it('forgets the attempts of calls that were silent for longest, and no others', () => {
    chooser.set([fault({ when: { kind: 'firstAttempts', attempts: 1 } })])
    kinds(10_001, (index) => `m${index}`)
    expect(kinds(1, () => 'm10000')).toEqual([undefined])
    expect(kinds(1, () => 'm0')).toEqual(['hang'])
  })

  it('gives way to the one before it', () => {
    chooser.set([
      fault({ answer: { kind: 'reset' }, when: { kind: 'firstRequests', requests: 1 } }),
      fault({ when: { kind: 'firstRequests', requests: 1 } }),
    ])
    expect(kinds(3, (index) => `m${index}`)).toEqual(['reset', 'hang', undefined])
  })
})
