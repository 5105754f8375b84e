import type { LintOrigin, LintSettings } from '../contract/lint.ts'
import { defaultLintConfig } from '../lint/config.ts'
import type { LintConfig, RuleSeverity } from '../lint/config.ts'
import type { RuleId } from '../lint/rule.ts'
import { ruleById } from '../lint/rules.ts'

/** The places where something can be set. */
export interface LintLayers {
  here: LintSettings
  file: LintSettings
}

/** Where each part of a configuration comes from; of rules and names, those that are set at all. */
export interface LintOrigins {
  rules: Record<string, LintOrigin>
  names: Record<string, Record<string, LintOrigin>>
  style: LintOrigin
  allowedNames: Record<string, LintOrigin>
  words: Record<string, LintOrigin>
  currency: LintOrigin
}

/**
 * The configuration that follows from all places: here wins over the file, for each rule and each rule at a name by
 * itself. Lists add up, because what one place allows no other forbids.
 */
export function mergedLint({ here, file }: LintLayers): { config: LintConfig; origins: LintOrigins } {
  const names: Record<string, Partial<Record<RuleId | '*', RuleSeverity>>> = {}
  const nameOrigins: LintOrigins['names'] = {}
  for (const name of new Set([...keysOf(file.names), ...keysOf(here.names)])) {
    const wanted = here.names?.[name]
    // Who mutes a name here means all of it, whatever the file says about single rules.
    const agreed = wanted?.['*'] === undefined ? file.names?.[name] : undefined
    names[name] = { ...agreed, ...wanted }
    nameOrigins[name] = { ...each(agreed, 'file'), ...each(wanted, 'here') }
  }
  const allowedNames = union(file.allowedNames, here.allowedNames)
  const words = union(file.words, here.words)
  return {
    config: {
      rules: { ...file.rules, ...here.rules },
      names,
      style: here.style ?? file.style ?? defaultLintConfig.style,
      allowedNames: allowedNames.all,
      words: words.all,
      currency: here.currency ?? file.currency ?? defaultLintConfig.currency,
    },
    origins: {
      rules: { ...each(file.rules, 'file'), ...each(here.rules, 'here') },
      names: nameOrigins,
      style: originOf(here.style, file.style),
      allowedNames: allowedNames.origins,
      words: words.origins,
      currency: originOf(here.currency, file.currency),
    },
  }
}

/** The same text for configurations under which every event gets the same verdict. */
export function lintFingerprint({ rules, names, style, allowedNames, words, currency }: LintConfig): string {
  const differing = Object.entries(rules).filter(([id, severity]) => ruleById(id)?.severity !== severity)
  return JSON.stringify([
    sorted(differing),
    sorted(Object.entries(names).map(([name, atName]) => [name, sorted(Object.entries(atName))])),
    style,
    allowedNames.toSorted(),
    words.toSorted(),
    currency,
  ])
}

function keysOf(object: object | undefined): string[] {
  return Object.keys(object ?? {})
}

function each(object: object | undefined, origin: LintOrigin): Record<string, LintOrigin> {
  return Object.fromEntries(keysOf(object).map((key) => [key, origin]))
}

function originOf(here: string | undefined, file: string | undefined): LintOrigin {
  return here !== undefined ? 'here' : file !== undefined ? 'file' : 'default'
}

function union(file: readonly string[] = [], here: readonly string[] = []) {
  const origins: Record<string, LintOrigin> = {}
  for (const text of here) origins[text] = 'here'
  for (const text of file) origins[text] = 'file'
  return { all: [...new Set([...file, ...here])], origins }
}

function sorted<T>(entries: [string, T][]): [string, T][] {
  return entries.toSorted(([left], [right]) => (left < right ? -1 : 1))
}
