import { describe, expect, it } from 'vitest'
import { english } from '../../../electron/engine/analysis/english.ts'
import { createLinter, defaultLintConfig } from '../../../shared/lint/index.ts'
import type { NameStyle } from '../../../shared/lint/index.ts'
import { badNames, goodNames, mainFinding, share } from './labelled-names.ts'

const styles: readonly NameStyle[] = ['Title Case', 'Sentence case', 'snake_case', 'kebab-case', 'camelCase']

/** The words of a name, simply: the converter that is tested must not be the one that tests. */
function words(name: string): string[] {
  return (/\s/.test(name) ? name : name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' '))
    .replaceAll(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()

const converted: Record<NameStyle, (name: string) => string> = {
  'Title Case': (name) => name,
  'Sentence case': (name) =>
    name
      .split(' ')
      .map((word, index) => (index === 0 || /^.+\p{Lu}/u.test(word) ? word : word.toLowerCase()))
      .join(' '),
  snake_case: (name) => words(name).join('_').toLowerCase(),
  'kebab-case': (name) => words(name).join('-').toLowerCase(),
  camelCase: (name) =>
    words(name)
      .map((word, index) => (index === 0 ? word.toLowerCase() : capitalised(word)))
      .join(''),
}

const looks: Record<NameStyle, RegExp> = {
  'Title Case': /^[\p{Lu}\p{N}i]/u,
  'Sentence case': /^[\p{Lu}\p{N}i]/u,
  snake_case: /^[\p{Ll}\p{N}_]+$/u,
  'kebab-case': /^[\p{Ll}\p{N}-]+$/u,
  camelCase: /^\p{Ll}[\p{L}\p{N}]*$/u,
}

describe.each(styles)('a team that writes %s', (style) => {
  const linter = createLinter(english, { ...defaultLintConfig, style })
  const inStyle = converted[style]

  it('has no trouble with good names in its style', () => {
    const good = goodNames('').map(inStyle)
    const alarms = good.filter((name) => mainFinding(linter, name) !== null)
    console.info(`${style}: ${share(good.length - alarms.length, good.length)} % of good names clean`, alarms)
    expect(share(good.length - alarms.length, good.length)).toBeGreaterThanOrEqual(99)
  })

  it('hears of bad names in its style', () => {
    const bad = badNames('').filter(({ rule }) => rule === 'naming/object-action')
    const missed = bad.map(({ name }) => inStyle(name)).filter((name) => mainFinding(linter, name) === null)
    console.info(`${style}: ${share(bad.length - missed.length, bad.length)} % of bad names found`, missed)
    expect(share(bad.length - missed.length, bad.length)).toBeGreaterThanOrEqual(97)
  })

  it('is led to names in its style, which are clean', () => {
    const names = badNames('').flatMap(({ name }) => [name, inStyle(name)])
    const suggestions = names.flatMap((name) => mainFinding(linter, name)?.suggestion ?? [])
    expect(suggestions.length).toBeGreaterThan(300)
    expect(suggestions.filter((name) => !looks[style].test(name))).toEqual([])
    expect(suggestions.filter((name) => mainFinding(linter, name) !== null)).toEqual([])
  })
})

describe('a name in another style than the agreed one', () => {
  it.each<[NameStyle, string, string, string]>([
    ['snake_case', 'Order Completed', 'in Title Case', 'order_completed'],
    ['snake_case', 'orderCompleted', 'in camelCase', 'order_completed'],
    ['snake_case', 'order-completed', 'in kebab-case', 'order_completed'],
    ['snake_case', 'API Key Rotated', 'in Title Case', 'api_key_rotated'],
    ['snake_case', 'order.completed', 'joined by punctuation', 'order_completed'],
    ['kebab-case', 'OrderCompleted', 'in PascalCase', 'order-completed'],
    ['kebab-case', 'What’s New Viewed', 'in Title Case', 'whats-new-viewed'],
    ['camelCase', 'order_completed', 'in snake_case', 'orderCompleted'],
    ['camelCase', 'ORDER COMPLETED', 'in capitals', 'orderCompleted'],
    ['camelCase', 'API Key Rotated', 'in Title Case', 'apiKeyRotated'],
    ['camelCase', 'GitHub Account Linked', 'in Title Case', 'gitHubAccountLinked'],
    ['Sentence case', 'Order Completed', 'in Title Case', 'Order completed'],
    ['Sentence case', 'order completed', 'in small letters', 'Order completed'],
    ['Sentence case', 'api_key_rotated', 'in snake_case', 'API key rotated'],
    ['Title Case', 'Order completed', 'only partly capitalised', 'Order Completed'],
  ])('%s: %s', (style, name, is, suggestion) => {
    const { lintName } = createLinter(english, { ...defaultLintConfig, style })
    expect(lintName(name, null)).toMatchObject([
      { rule: 'naming/casing', message: `“${name}” is ${is}, not ${style}`, suggestion },
    ])
    if (style !== 'Title Case') expect(lintName(name, null)[0]?.reason).toContain(style)
  })
})

describe('every naming rule suggests in the agreed style', () => {
  const { lintName } = createLinter(english, { ...defaultLintConfig, style: 'snake_case' })

  it.each([
    ['send_invoice', 'naming/object-action', 'invoice_sent'],
    ['buy_ticket', 'naming/object-action', 'ticket_bought'],
    ['Send Invoice', 'naming/casing', 'invoice_sent'],
    [' invoice_sent', 'naming/whitespace', 'invoice_sent'],
    ['order_12345_completed', 'naming/dynamic', 'order_completed'],
  ])('%s', (name, rule, suggestion) => {
    expect(lintName(name, null)).toMatchObject([{ rule, suggestion }])
  })
})

describe('allowed names', () => {
  const { lintName } = createLinter(english, {
    ...defaultLintConfig,
    allowedNames: ['order_placed', 'Event 12', 'Order 1234 Completed Again And Again And Again And Again'],
  })

  it('get no finding about their name', () => {
    expect(lintName('order_placed', null)).toEqual([])
    expect(lintName('Event 12', null)).toEqual([])
    expect(lintName('Order 1234 Completed Again And Again And Again And Again', null)).toEqual([])
  })

  it('allow no others', () => {
    expect(lintName('order_packed', null)).toMatchObject([{ rule: 'naming/casing' }])
    expect(lintName('order_placed ', null)).toMatchObject([{ rule: 'naming/whitespace' }])
  })
})

describe('a word of the team’s own', () => {
  const words = ['Pay Later', 'TMDropd', 'Share', 'dbx', 'DataWeave', 'ACME', 'Login', 'Sends', 'X7K9-Q2']
  const { lintName } = createLinter(english, { ...defaultLintConfig, words })
  const findings = (name: string): string[] => lintName(name, null).map(({ message }) => message)

  it.each([
    'Pay Later Selected',
    'TMDropd Opened',
    'Share Created',
    'dbx Run Started',
    'DataWeave Script Saved',
    'ACME Account Linked',
    'Login Widget Shown',
    'Sends Opened',
    'X7K9-Q2 Restarted',
    'Pay Later Enabled for ACME',
  ])('is a noun: %s', (name) => {
    expect(findings(name)).toEqual([])
  })

  it.each([
    ['open_pay_later', 'Pay Later Opened'],
    ['openTMDropd', 'TMDropd Opened'],
    ['Open DataWeave', 'DataWeave Opened'],
    ['acme_account_linked', 'ACME Account Linked'],
    ['Start Dbx', 'dbx Started'],
    ['Dbx Started', 'dbx Started'],
    ['create_share', 'Share Created'],
  ])('keeps its spelling: %s → %s', (name, suggestion) => {
    expect(lintName(name, null)).toMatchObject([{ suggestion }])
  })

  it('keeps its spelling in every style that has room for it', () => {
    const inStyle = (style: NameStyle): string | null =>
      createLinter(english, { ...defaultLintConfig, words, style }).lintName('Open  Pay Later', null)[0]
        ?.suggestion ?? null
    expect(styles.map(inStyle)).toEqual([
      'Pay Later Opened',
      'Pay Later opened',
      'pay_later_opened',
      'pay-later-opened',
      'payLaterOpened',
    ])
  })

  it('says nothing about the verb beside it', () => {
    expect(lintName('Open Share', null)).toMatchObject([
      { rule: 'naming/object-action', suggestion: 'Share Opened' },
    ])
    expect(lintName('TMDropd', null)).toMatchObject([{ rule: 'naming/object-action', suggestion: null }])
  })
})
