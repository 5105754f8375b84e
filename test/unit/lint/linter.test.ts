import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { english } from '../../../electron/engine/analysis/english.ts'
import { callTypes } from '../../../shared/event.ts'
import { NameIndex, createLinter, defaultLintConfig, lint, lintName } from '../../../shared/lint/index.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import type { English } from '../../../shared/lint/rule.ts'
import { factsWith, linted, track } from './call.ts'

describe('a linter', () => {
  it('gives a name one main finding', () => {
    const found = lint(
      track(' send_invoice_1234 '),
      factsWith({ lookAlike: { name: 'Invoice Sent', count: 9 } }),
    )
    expect(found.problems.map(({ rule }) => rule)).toEqual(['naming/dynamic'])
  })

  it('lets “too long” stand beside another finding', () => {
    const name = 'send_the_invoice_of_the_monthly_subscription_to_the_customer_by_email'
    const found = lint(track(name), factsWith())
    expect(found.problems.map(({ rule }) => rule)).toEqual(['naming/casing', 'naming/too-long'])
  })

  it('keeps the other findings when a rule throws', () => {
    const broken = linted({ type: 'track', event: 'send_invoice', messageId: 'message-1' })
    const facts = factsWith()
    Object.defineProperty(facts, 'duplicateOf', {
      get() {
        throw new Error('the index is gone')
      },
    })
    const found = lint(broken, facts)
    expect(found.failures).toEqual([
      { rule: 'delivery/duplicate', message: 'the index is gone', cause: expect.any(Error) as unknown },
    ])
    expect(found.problems.map(({ rule }) => rule)).toEqual([
      'naming/casing',
      'identity/missing',
      'metadata/none',
    ])
  })

  it('follows chosen severities, and looks further when the first finding is switched off', () => {
    const rules = { 'naming/casing': 'off', 'naming/object-action': 'info' } as const
    const chosen = createLinter(english, { ...defaultLintConfig, rules })
    expect(chosen.lint(track('send_invoice'), factsWith()).problems).toMatchObject([
      { rule: 'naming/object-action', severity: 'info', suggestion: 'Invoice Sent' },
    ])
    expect(createLinter(english).lint(track('send_invoice'), factsWith()).problems).toMatchObject([
      { rule: 'naming/casing', severity: 'warning' },
    ])
  })

  it('takes a finding as seriously as it says itself, unless a severity was chosen', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`row ${index}`, true]))
    const tooMany = { ...defaultLintConfig, rules: { 'metadata/too-many': 'info' } } as const
    const severities = [createLinter(english), createLinter(english, tooMany)].map((linter) => {
      const { problems } = linter.lint(track('Report Exported', many), factsWith())
      return problems.find(({ rule }) => rule === 'metadata/too-many')?.severity
    })
    expect(severities).toEqual(['error', 'info'])
  })

  it('follows what was chosen for one name there alone', () => {
    const names = { send_invoice: { '*': 'off' }, send_order: { 'naming/casing': 'error' } } as const
    const chosen = createLinter(english, { ...defaultLintConfig, names })
    expect(chosen.lint(track('send_invoice'), factsWith()).problems).toEqual([])
    expect(chosen.lint(track('send_order'), factsWith()).problems).toMatchObject([{ severity: 'error' }])
    expect(chosen.lint(track('send_report'), factsWith()).problems).toMatchObject([{ severity: 'warning' }])
    expect(chosen.lint(track('constructor'), factsWith()).failures).toEqual([])
  })

  it('does not lead from a good name to a bad one, however often that is used', () => {
    const lookAlike = { name: 'order_completed', count: 1_000 }
    expect(lintName('Order Completed', english, lookAlike)).toEqual([])
  })

  it('leads to the name in use', () => {
    const lookAlike = { name: 'Order Completed', count: 1_000 }
    expect(lintName('Orders Completed', english, lookAlike)).toMatchObject([
      { rule: 'naming/near-duplicate', suggestion: 'Order Completed' },
    ])
    expect(lintName('Order Complteted', english, lookAlike)).toMatchObject([
      { suggestion: 'Order Completed' },
    ])
  })

  it('takes two words for two events when one letter makes another word', () => {
    expect(lintName('Cards Added', english, { name: 'Carts Added', count: 5 })).toEqual([])
    expect(lintName('Video Paused', english, { name: 'Video Passed', count: 5 })).toEqual([])
  })

  it('leaves the names of pages alone', () => {
    const page = linted({ type: 'page', name: 'home_page', userId: 'abc123', messageId: 'message-1' })
    expect(lint(page, factsWith()).problems).toEqual([])
  })
})

describe('a rule that throws at a name', () => {
  const gone = 'the dictionary is gone'
  const broken: English = {
    ...english,
    infinitive(word) {
      if (word === 'archive') throw new Error(gone)
      return english.infinitive(word)
    },
  }
  const linterWith = (config: Partial<LintConfig>) =>
    createLinter(broken, { ...defaultLintConfig, ...config })
  const name = 'Archive Invoice'
  const other = 'Archive Order'
  const failed = [{ rule: 'naming/object-action', message: gone, cause: expect.any(Error) as unknown }]
  const nothing = { problems: [], failures: [] }

  it('is told with each event of that name, and keeps nobody from judging others', () => {
    const linter = linterWith({})
    for (let times = 0; times < 2; times += 1)
      expect(linter.lint(track(name), factsWith())).toEqual({ problems: [], failures: failed })
    expect(linter.lint(track('send_invoice'), factsWith()).problems).toMatchObject([
      { rule: 'naming/casing' },
    ])
    expect(() => linter.lintName(name, null)).toThrow(gone)
    expect(linter.isGoodName(name)).toBe(false)
  })

  it('is not told where a name that looks alike is judged', () => {
    const linter = linterWith({})
    const index = new NameIndex(linter.isGoodName)
    index.add(name)
    expect(index.lookAlike('Archive Invoices')).toBe(null)
    expect(linter.lint(track('Invoice Sent'), factsWith({ lookAlike: { name, count: 9 } }))).toEqual(nothing)
  })

  it.each<[where: string, config: Partial<LintConfig>, elsewhere: typeof failed]>([
    ['everywhere', { rules: { 'naming/object-action': 'off' } }, []],
    ['at this name', { names: { [name]: { 'naming/object-action': 'off' } } }, failed],
    ['at this name with all others', { names: { [name]: { '*': 'off' } } }, failed],
  ])('neither tells nor breaks anything when it is switched off %s', (_where, config, elsewhere) => {
    const linter = linterWith(config)
    expect(linter.lint(track(name), factsWith())).toEqual(nothing)
    expect(linter.lintName(name, null)).toEqual([])
    expect(linter.isGoodName(name)).toBe(true)
    expect(linter.lint(track(other), factsWith())).toEqual({ problems: [], failures: elsewhere })
  })

  it('leaves the other findings in a name when it is switched off', () => {
    const linter = linterWith({ rules: { 'naming/object-action': 'off' } })
    const long = `${name} of the Monthly Subscription to the Customer by Email`
    expect(linter.lint(track(long), factsWith())).toMatchObject({
      problems: [{ rule: 'naming/too-long' }],
      failures: [],
    })
  })
})

describe('a hostile name', () => {
  const hostile: Record<string, string> = {
    'of 100 KB': 'Order Completed '.repeat(6_400),
    'of one long word': 'a'.repeat(100_000),
    'of digits': '1'.repeat(100_000),
    'of dots': 'a.'.repeat(50_000),
    'of at signs': 'a@'.repeat(50_000),
    'of underscores': '_'.repeat(100_000),
    'of spaces': ' '.repeat(100_000),
    'of braces': '${'.repeat(50_000),
    'of slashes': ' /a'.repeat(30_000),
    'of hyphens': 'a-'.repeat(50_000),
    'of emoji': '🎉'.repeat(10_000),
    'from right to left': 'الطلب اكتمل',
    'with a direction mark': '\u202eOrder Completed',
    'with control characters': 'Order\u0000Completed\u0007',
    'of half a surrogate': '\ud83d Order',
    'called __proto__': '__proto__',
    'called constructor': 'constructor',
    'called toString': 'toString',
    'of letters before an id': `Order ${'a'.repeat(57)}1a1111 Sent`,
    'of capitals before an id': `Order ${'Aa'.repeat(28)}1a1111 Sent`,
    'of combining marks': 'Order\u0301\u0301\u0301 Completed',
  }

  it.each(Object.entries(hostile))('%s is judged at once', (_what, name) => {
    const before = process.threadCpuUsage()
    const { failures } = lint(track(name), factsWith())
    expect(failures).toEqual([])
    // A hundred times what a name may take, on the processor: a machine that stalls passes, a runaway pattern does not.
    const { user, system } = process.threadCpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(100)
  })
})

describe('a name made of repetitions', () => {
  const piece = fc.string({
    unit: fc.constantFrom('a', 'A', '1', '_', '-', '.', ' ', '/', '@', '$', '%', '{', 'é'),
    minLength: 1,
    maxLength: 4,
  })
  const name = fc
    .array(fc.tuple(piece, fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 4 })
    .map((pieces) => pieces.map(([text, times]) => text.repeat(times)).join(''))

  it('is judged at once, whatever it repeats', () => {
    fc.assert(
      fc.property(name, (repeated) => {
        const before = process.threadCpuUsage()
        const { failures } = lint(track(repeated), factsWith())
        const { user, system } = process.threadCpuUsage(before)
        expect(failures).toEqual([])
        expect((user + system) / 1_000).toBeLessThan(100)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a hostile payload', () => {
  it('may nest deeply', () => {
    let properties: unknown = '1.5'
    for (let depth = 0; depth < 50_000; depth += 1) properties = { child: properties }
    const { problems, failures } = lint(track('Report Exported', properties), factsWith())
    expect(failures).toEqual([])
    expect(problems.map(({ rule, path }) => [rule, path])).toEqual([
      ['metadata/too-deep', 'properties.child.child.child.child.child.child'],
    ])
  })

  it('may hold ten thousand keys and long lists', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`key${index}`, '1.5']),
    )
    const many = { ...properties, products: Array.from({ length: 10_000 }, () => ({ price: '2.5' })) }
    const { problems, failures } = lint(track('Report Exported', many), factsWith())
    expect(failures).toEqual([])
    expect(problems.filter(({ rule }) => rule === 'metadata/stringified')).toHaveLength(10)
    expect(problems.filter(({ rule }) => rule !== 'metadata/stringified')).toMatchObject([
      { rule: 'metadata/too-many', severity: 'error' },
    ])
  })

  it('may hold anything in place of ids and times', () => {
    const odd = [
      null,
      true,
      0,
      -1,
      1e300,
      '',
      ' ',
      'x'.repeat(100_000),
      '\ud83d',
      [],
      [[]],
      {},
      { a: { b: 1 } },
    ]
    const keys = [
      'userId',
      'anonymousId',
      'previousId',
      'groupId',
      'messageId',
      'timestamp',
      'sentAt',
      'context',
    ]
    for (const type of callTypes)
      for (const value of odd) {
        const fields = Object.fromEntries([...keys, 'originalTimestamp', 'type'].map((key) => [key, value]))
        const call = linted({ type, event: 'Order Completed' })
        const oddCall = {
          ...linted({ ...fields, type }),
          type: call.type,
          payload: { ...call.payload, ...fields },
        }
        expect(lint(oddCall, factsWith({ isUserIntroduced: false })).failures).toEqual([])
      }
  })

  it('may use the names of objects’ own machinery', () => {
    const payload: unknown = JSON.parse(
      '{"__proto__":{"revenue":"x"},"constructor":"1.5","hasOwnProperty":null}',
    )
    const { problems, failures } = lint(track('Report Exported', payload), factsWith())
    expect(failures).toEqual([])
    expect(problems.map(({ path }) => path)).toEqual(['properties.constructor'])
  })
})
