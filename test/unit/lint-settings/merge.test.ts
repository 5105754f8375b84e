import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintChange } from '../../../shared/contract/lint.ts'
import type { LintSettings } from '../../../shared/contract/lint.ts'
import { nameStyles, ruleSeverities } from '../../../shared/lint/config.ts'
import { defaultLintConfig, rules } from '../../../shared/lint/index.ts'
import { changedLint, undoingChange } from '../../../shared/lint-settings/change.ts'
import { lintFingerprint, mergedLint } from '../../../shared/lint-settings/merge.ts'

describe('what is in force', () => {
  it('is Trackside’s own where nothing is set', () => {
    expect(mergedLint({ here: {}, file: {} }).config).toEqual(defaultLintConfig)
  })

  it('is what is set here, then what the file says, for each rule by itself', () => {
    const { config, origins } = mergedLint({
      here: { rules: { 'naming/casing': 'off' }, style: 'camelCase' },
      file: {
        rules: { 'naming/casing': 'error', 'metadata/none': 'off' },
        style: 'snake_case',
        currency: 'EUR',
      },
    })
    expect(config).toMatchObject({
      rules: { 'naming/casing': 'off', 'metadata/none': 'off' },
      style: 'camelCase',
      currency: 'EUR',
    })
    expect(origins).toMatchObject({
      rules: { 'naming/casing': 'here', 'metadata/none': 'file' },
      style: 'here',
      currency: 'file',
    })
  })

  it('is told for each rule at a name, and a name that is muted here is mute', () => {
    const file: LintSettings = {
      names: { Foo: { 'naming/casing': 'error', 'metadata/none': 'off' }, Bar: { 'naming/casing': 'error' } },
    }
    const here: LintSettings = { names: { Foo: { 'naming/casing': 'info' }, Bar: { '*': 'off' } } }
    const { config, origins } = mergedLint({ here, file })
    expect(config.names).toEqual({
      Foo: { 'naming/casing': 'info', 'metadata/none': 'off' },
      Bar: { '*': 'off' },
    })
    expect(origins.names['Foo']).toEqual({ 'naming/casing': 'here', 'metadata/none': 'file' })
  })

  it('has the names and words of both places, each once', () => {
    const { config, origins } = mergedLint({
      here: { words: ['Kanban', 'Scrum'] },
      file: { words: ['Kanban', 'Sprint'] },
    })
    expect(config.words).toEqual(['Kanban', 'Sprint', 'Scrum'])
    expect(origins.words).toEqual({ Kanban: 'file', Sprint: 'file', Scrum: 'here' })
  })
})

describe('the past is judged anew', () => {
  const fingerprint = (here: LintSettings): string => lintFingerprint(mergedLint({ here, file: {} }).config)

  it('not where only the order differs, nor where a rule is set to what it is anyway', () => {
    const [first] = rules
    expect(first).toBeDefined()
    if (first === undefined) return
    expect(fingerprint({ rules: { [first.id]: first.severity } })).toBe(fingerprint({}))
    expect(fingerprint({ rules: { 'naming/casing': 'off', 'metadata/none': 'off' } })).toBe(
      fingerprint({ rules: { 'metadata/none': 'off', 'naming/casing': 'off' } }),
    )
  })

  it('where a verdict may differ', () => {
    expect(fingerprint({ rules: { 'naming/casing': 'off' } })).not.toBe(fingerprint({}))
    expect(fingerprint({ words: ['Kanban'] })).not.toBe(fingerprint({}))
    expect(fingerprint({ names: { Foo: { '*': 'off' } } })).not.toBe(fingerprint({}))
  })
})

const ruleId = fc.constantFrom(...rules.map(({ id }) => id))
const severity = fc.constantFrom(...ruleSeverities)
const texts = fc.uniqueArray(fc.constantFrom('Kanban', 'Scrum', 'Sprint'), { minLength: 1 })
const name = fc.constantFrom('Foo', 'bar_baz', 'constructor', '')
const settingsOf = <S, M>(one: fc.Arbitrary<S>, wrap: <V>(value: fc.Arbitrary<V>) => fc.Arbitrary<V | M>) =>
  fc.record(
    {
      rules: wrap(fc.dictionary(ruleId, one, { minKeys: 1 })),
      names: wrap(
        fc.dictionary(name, wrap(fc.dictionary(fc.oneof(ruleId, fc.constant('*')), one, { minKeys: 1 })), {
          minKeys: 1,
        }),
      ),
      style: wrap(fc.constantFrom(...nameStyles)),
      words: wrap(texts),
      currency: wrap(fc.constantFrom('EUR', 'USD')),
    },
    { requiredKeys: [] },
  )

describe('a change', () => {
  it('sets what it names, takes back what it names with null, and leaves the rest', () => {
    const settings: LintSettings = { rules: { 'naming/casing': 'off' }, words: ['Kanban'] }
    expect(
      changedLint(settings, { rules: { 'metadata/none': 'off' }, names: { Foo: { '*': 'off' } } }),
    ).toEqual({
      rules: { 'naming/casing': 'off', 'metadata/none': 'off' },
      words: ['Kanban'],
      names: { Foo: { '*': 'off' } },
    })
    expect(changedLint(settings, { rules: { 'naming/casing': null } })).toEqual({ words: ['Kanban'] })
  })

  it('is undone without undoing what others have set since', () => {
    const mine = { rules: { 'naming/casing': 'off' } } as const
    const undoing = undoingChange({}, mine)
    const since = changedLint(changedLint({}, mine), { rules: { 'metadata/none': 'off' } })
    expect(changedLint(since, undoing)).toEqual({ rules: { 'metadata/none': 'off' } })
  })

  it('leads back when it is undone, whatever it was', () => {
    const settings = settingsOf(severity, (value) => value).map((set) =>
      changedLint({}, lintChange.parse(set)),
    )
    const change = settingsOf(fc.option(severity), (value) => fc.option(value)).map((set) =>
      lintChange.parse(set),
    )
    fc.assert(
      fc.property(settings, change, (before, wanted) => {
        const undoing = undoingChange(before, wanted)
        expect(changedLint(changedLint(before, wanted), undoing)).toEqual(before)
      }),
    )
  })
})
