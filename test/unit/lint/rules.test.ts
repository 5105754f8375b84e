import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CompiledPlan } from '../../../electron/engine/analysis/plan/compiled-plan.ts'
import { inProject } from '../../../scripts/project.ts'
import { severities } from '../../../shared/event.ts'
import { lint, ruleById, rules } from '../../../shared/lint/index.ts'
import { ruleFamilies } from '../../../shared/lint/rule.ts'
import type { Facts, LintedEvent, Rule } from '../../../shared/lint/rule.ts'
import { readSchema } from '../../../shared/plan/schema.ts'
import { factsWith, linted, pastWith } from './call.ts'

/** What the examples of the plan's rules are held against. */
const shopPlan = new CompiledPlan({
  name: 'Shop',
  events: [
    {
      name: 'Order Completed',
      description: '',
      schema: readSchema(
        {
          properties: {
            order_id: { type: 'string' },
            total: { type: 'number' },
            currency: { type: 'string', enum: ['EUR', 'USD'] },
          },
          required: ['order_id', 'total'],
        },
        [],
      ),
    },
  ],
})

/** What a rule has to know of the past to find its own bad example. */
function pastOf(event: LintedEvent): Partial<Facts> {
  return {
    lookAlike: event.event === 'Orders Completed' ? { name: 'Order Completed', count: 3 } : null,
    duplicateOf:
      event.messageId === 'message-2' ? { eventId: 7, receivedAt: '2026-01-01T00:00:00.000Z' } : null,
    isTextDamaged: JSON.stringify(event.payload).includes('\uFFFD'),
    accountOfUser: { id: 'xyz789', name: 'Tesla' },
    sourceSendsAccounts: true,
    past: pastWith({ rows: { number: 20 }, format: { string: 20 } }),
    formerUser: event.anonymousId === 'browser-of-two' ? 'def456' : null,
    isUserIntroduced: false,
    accountBefore: { calls: 2, isDescribed: false },
    otherAccountOfUser: event.accountId === 'of-somebody-else' ? { id: 'xyz789', name: 'Tesla' } : null,
    callBytes: event.properties?.['file'] === undefined ? 400 : 40_000,
    firedBefore: event.messageId === 'fired-again' ? { eventId: 7, apartMs: 12 } : null,
    plan: shopPlan,
  }
}

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && 'id' in value && 'check' in value

describe.each(rules)('$id', (rule) => {
  it('leaves its good example alone', () => {
    const event = linted(rule.good)
    expect(rule.check(event, factsWith(pastOf(event)))).toEqual([])
  })

  it('finds its bad example, alone and among the other rules', () => {
    const event = linted(rule.bad)
    const facts = factsWith(pastOf(event))
    expect(rule.check(event, facts)).not.toEqual([])
    expect(lint(event, facts).problems.map((problem) => problem.rule)).toContain(rule.id)
  })

  it('can be found by its id and is documented', () => {
    expect(ruleById(rule.id)).toBe(rule)
    expect(rule.id).toMatch(/^[a-z]+\/[a-z-]+$/)
    expect(rule.documentation.length).toBeGreaterThan(80)
    expect(rule.title).not.toMatch(/\.$/)
  })

  it('says what is wrong and why in sentences', () => {
    const event = linted(rule.bad)
    for (const { message, reason } of rule.check(event, factsWith(pastOf(event)))) {
      expect(message).toMatch(/^[\p{Lu}“"`{[\d]/u)
      expect(reason).toMatch(/^\p{Lu}.*\.$/u)
    }
  })
})

describe('the good examples', () => {
  it.each(rules)('$id: no naming rule finds anything', ({ good }) => {
    const { problems } = lint(linted(good), factsWith())
    expect(problems.filter(({ rule }) => rule.startsWith('naming/'))).toEqual([])
  })
})

it.each(ruleFamilies)('lists every rule that is written in the folder %s', async (family) => {
  const folder = inProject(`shared/lint/${family}`)
  const modules = await Promise.all(
    readdirSync(folder).map((file) => import(`${folder}/${file}`) as Promise<Record<string, unknown>>),
  )
  const written = modules.flatMap((module) => Object.values(module)).filter(isRule)
  expect(new Set(written)).toEqual(new Set(rules.filter(({ id }) => id.startsWith(`${family}/`))))
})

describe('the rules that were agreed on', () => {
  /** By their ids, with how severe they are by default; null where that was left open. */
  const agreed = z
    .record(z.string(), z.enum(severities).nullable())
    .parse(JSON.parse(readFileSync(inProject('test/fixtures/rules.json'), 'utf8')))

  it.each(Object.entries(agreed))('%s is there: %s', (id, severity) => {
    const rule = ruleById(id)
    expect(rule?.id).toBe(id)
    if (severity !== null) expect(rule?.severity).toBe(severity)
  })

  it('are all that there are, but for one', () => {
    const beyond = rules.map(({ id }) => id).filter((id) => !Object.hasOwn(agreed, id))
    // Capture takes what is no UTF-8, as the real service does: somebody has to say so.
    expect(beyond).toEqual(['delivery/damaged-text'])
  })
})

it('knows no rule by a made-up id', () => {
  expect(ruleById('naming/made-up')).toBeNull()
  expect(ruleById('__proto__')).toBeNull()
})
