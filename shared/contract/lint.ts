import { z } from 'zod'
import { severities } from '../event.ts'
import { jsonObject } from './event.ts'
import { nameStyles, ruleSeverities } from '../lint/config.ts'
import type { LintConfig } from '../lint/config.ts'
import { ruleFamilies } from '../lint/rule.ts'
import { rules } from '../lint/rules.ts'
import { currencies } from '../spec/currencies.ts'

/** How much a team can agree on: every name is held against these lists, and a page asks for all of them. */
export const lintLimits = {
  names: 1000,
  nameCharacters: 1000,
  allowedNames: 1000,
  words: 1000,
  wordCharacters: 100,
} as const

const severity = z.enum(ruleSeverities)
/** Well-formed is enough where settings are read: one of a rule that is no more must not cost all others. */
const anyRuleId = z.templateLiteral([z.enum(ruleFamilies), '/', z.string().regex(/^[a-z-]+$/)])
/** Whoever sets something hears of a misspelt rule. */
const knownRuleId = z.enum(rules.map(({ id }) => id))
const knownRuleIdOrAll = z.enum(['*', ...knownRuleId.options])
const eventName = z.string().max(lintLimits.nameCharacters)

const style = z.enum(nameStyles).describe('How names are written')
const allowedNames = z
  .array(z.string().min(1).max(lintLimits.nameCharacters))
  .max(lintLimits.allowedNames)
  .describe('Names that are right as they are')
const words = z
  .array(z.string().trim().min(1).max(lintLimits.wordCharacters))
  .max(lintLimits.words)
  .describe('Words of the team’s own, which keep their spelling and count as nouns: products, features')
const currency = z
  .string()
  .refine((code) => currencies.has(code), 'Not a currency code of ISO 4217 in capitals')
  .describe('The currency of amounts that name none: ISO 4217, in capitals')
const namesLimit = [
  (names: object) => Object.keys(names).length <= lintLimits.names,
  `More than ${lintLimits.names} names`,
] as const
const rulesMeaning = 'The severity of a rule, by its id'
const namesMeaning = 'The same at one event name, where it wins; * stands for every rule'

/** What one place says about linting: the page (“here”) or `trackside.json`. What is absent is not set there. */
export const lintSettingsSchema = z.strictObject({
  rules: z.partialRecord(anyRuleId, severity).optional().describe(rulesMeaning),
  names: z
    .record(eventName, z.partialRecord(z.union([z.literal('*'), anyRuleId]), severity))
    .refine(...namesLimit)
    .optional()
    .describe(namesMeaning),
  style: style.optional(),
  allowedNames: allowedNames.optional(),
  words: words.optional(),
  currency: currency.optional(),
})
export type LintSettings = z.infer<typeof lintSettingsSchema>

/** What may stand in a `trackside.json`. */
export const configFileSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors'),
  ...lintSettingsSchema.shape,
  rules: z.partialRecord(knownRuleId, severity).optional().describe(rulesMeaning),
  names: z
    .record(eventName, z.partialRecord(knownRuleIdOrAll, severity))
    .refine(...namesLimit)
    .optional()
    .describe(namesMeaning),
  plan: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('The file of the tracking plan, seen from the folder of this file'),
})
export type ConfigFile = z.infer<typeof configFileSchema>

/**
 * A change merges into what is set, as RFC 7386 has it: what is named is set, null takes it back, the rest stays. So
 * two pages that mute different rules do not undo each other, and undoing one change is another one.
 */
export const lintChange = z.strictObject({
  rules: z.partialRecord(knownRuleId, severity.nullable()).nullable().optional(),
  names: z
    .record(eventName, z.partialRecord(knownRuleIdOrAll, severity.nullable()).nullable())
    .nullable()
    .optional(),
  style: style.nullable().optional(),
  allowedNames: allowedNames.nullable().optional(),
  words: words.nullable().optional(),
  currency: currency.nullable().optional(),
})
export type LintChange = z.infer<typeof lintChange>

/** Who has the last word on a part: here (the settings of this Trackside), then the file, then Trackside’s own. */
export const lintOrigins = ['here', 'file', 'default'] as const
export type LintOrigin = (typeof lintOrigins)[number]
const origin = z.enum(lintOrigins)

/** A rule that threw. Its findings at that event are lost; those of all others, and the event, are not. */
export const failedRuleSchema = z.object({
  rule: z.string(),
  count: z.number().int().describe('How often, since analysis last began anew'),
  eventId: z.number().int().describe('The latest event at which it threw'),
  message: z.string(),
})
export type FailedRule = z.infer<typeof failedRuleSchema>

export const lintRule = z.object({
  id: z.string().describe('family/name'),
  family: z.string(),
  title: z.string().describe('What a finding is called: “Name is not in Title Case”'),
  documentation: z.string().describe('A paragraph of Markdown'),
  good: jsonObject.describe('A call that it leaves alone'),
  bad: jsonObject.describe('A call that it finds'),
  source: z.string().describe('Where the rule comes from: Track Spec, Segment spec, experience'),
  defaultSeverity: z.enum(severities),
  severity: severity.describe('The one in force'),
  origin: origin.describe('Where that comes from'),
  failure: failedRuleSchema.nullable(),
})
export type LintRule = z.infer<typeof lintRule>
export const lintRulesOutput = z.object({ rules: z.array(lintRule) })

/** Why a `trackside.json` is not in force. */
export const configMistakeSchema = z.object({
  message: z.string().describe('What is wrong, what was expected, and what was probably meant'),
  line: z.number().int().nullable().describe('From 1; null where the file as a whole can’t be read'),
  column: z.number().int().nullable().describe('From 1, in UTF-16 units'),
})
export type ConfigMistake = z.infer<typeof configMistakeSchema>

/** Why what a file says now is not in force. */
export const fileTroubleSchema = z.object({
  file: z.string().describe('The path of the trackside.json, or of the plan that it names'),
  kind: z.enum(['broken', 'unreadable', 'gone']),
  message: z.string().describe('What is wrong and what to do, in words'),
})
export type FileTrouble = z.infer<typeof fileTroubleSchema>

export const lintConfigSchema = z.object({
  rules: z.partialRecord(anyRuleId, severity),
  names: z.record(z.string(), z.partialRecord(z.union([z.literal('*'), anyRuleId]), severity)),
  style,
  allowedNames: z.array(z.string()).readonly(),
  words: z.array(z.string()).readonly(),
  currency: z.string().nullable(),
}) satisfies z.ZodType<LintConfig>

export const lintConfigOutput = z.object({
  config: lintConfigSchema.describe('The one in force: here over file over default'),
  origins: z
    .object({
      rules: z.record(z.string(), origin),
      names: z.record(z.string(), z.record(z.string(), origin)),
      style: origin,
      allowedNames: z.record(z.string(), origin),
      words: z.record(z.string(), origin),
      currency: origin,
    })
    .describe('Where each part of it comes from'),
  here: lintSettingsSchema.describe('What is set in the settings of this Trackside'),
  file: z
    .object({
      path: z.string().describe('Of the trackside.json that is followed'),
      settings: lintSettingsSchema.describe(
        'What it says; while it is broken, what it said last; where it is gone, nothing',
      ),
      plan: z.string().nullable().describe('The path of the tracking plan that it names'),
      mistake: configMistakeSchema.nullable().describe('Why what it says now is not in force'),
    })
    .nullable()
    .describe('Null where none was given or found'),
})
export type LintConfigOutput = z.infer<typeof lintConfigOutput>
