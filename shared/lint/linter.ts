import type { JsonObject, Problem } from '../event.ts'
import { defaultLintConfig, chosenSeverity } from './config.ts'
import type { LintConfig } from './config.ts'
import { mainNamingRules, namingRules, nearDuplicate, tooLong } from './naming/index.ts'
import type { English, Facts, Finding, LintedEvent, Rule, RuleId } from './rule.ts'
import { rules } from './rules.ts'

/** A rule that threw: its own findings are lost, nobody else's. */
export interface RuleFailure {
  rule: RuleId
  message: string
}

export interface Verdict {
  problems: Problem[]
  failures: RuleFailure[]
}

export interface Linter {
  /** Judges an event; what it finds out about the name is remembered. */
  lint(event: LintedEvent, facts: Facts): Verdict
  /** Judges a name alone, as that of a track call. */
  lintName(name: string, lookAlike: Facts['lookAlike']): Problem[]
  /** Whether there is nothing wrong with the name by itself, but that it may be long. */
  isGoodName(name: string): boolean
}

const otherRules = rules.filter((rule) => !namingRules.includes(rule))

/** A linter for one configuration. It remembers the names it has judged, in bounded memory. */
export function createLinter(english: English, config: LintConfig = defaultLintConfig): Linter {
  const names = new JudgedNames()
  const allowed = new Set(config.allowedNames)
  const linter: Linter = {
    lint(event, facts) {
      const verdict: Verdict = { problems: [], failures: [] }
      if (event.type === 'track') judgeName(event, facts, verdict)
      for (const rule of otherRules) apply(rule, event, config, verdict, () => rule.check(event, facts))
      return verdict
    },
    lintName(name, lookAlike) {
      const verdict: Verdict = { problems: [], failures: [] }
      judgeName(trackCall(name), { ...factsOfNothing(english, config), lookAlike }, verdict)
      const [failure] = verdict.failures
      // Without an event there is nobody to report a failure to but the caller.
      if (failure !== undefined) throw new Error(`${failure.rule} can't judge this name: ${failure.message}`)
      return verdict.problems
    },
    isGoodName: (name) => linter.lintName(name, null).every(({ rule }) => rule === tooLong.id),
  }
  return linter

  function judgeName(event: LintedEvent, facts: Facts, verdict: Verdict): void {
    if (event.event !== null && allowed.has(event.event)) return
    for (const rule of mainNamingRules) {
      const check =
        rule === nearDuplicate ? () => duplicates(event, facts.lookAlike) : () => checked(rule, event)
      if (apply(rule, event, config, verdict, check) > 0) break
    }
    apply(tooLong, event, config, verdict, () => checked(tooLong, event))
  }

  function checked(rule: Rule, event: LintedEvent): Finding[] {
    // What is no text has no name to remember it by.
    if (event.event === null || event.payload['event'] !== event.event)
      return rule.check(event, factsOfNothing(english, config))
    return names.findings(event.event, rule.id, () => rule.check(event, factsOfNothing(english, config)))
  }

  function duplicates(event: LintedEvent, lookAlike: Facts['lookAlike']): Finding[] {
    if (lookAlike === null || event.event === null) return []
    return names.findings(event.event, `like ${lookAlike.name}`, () =>
      // A name that is itself wrong is nothing to be led to, however much it is used.
      linter.isGoodName(lookAlike.name)
        ? nearDuplicate.check(event, { ...factsOfNothing(english, config), lookAlike })
        : [],
    )
  }
}

/** Judges one event with every rule; `createLinter` is the better choice for many. */
export function lint(event: LintedEvent, facts: Facts): Verdict {
  return createLinter(facts.english, facts.config).lint(event, facts)
}

/** Judges a name alone; for the name checker. */
export function lintName(name: string, english: English, lookAlike: Facts['lookAlike']): Problem[] {
  return createLinter(english).lintName(name, lookAlike)
}

/** Adds what a rule finds and gives back how much that was. */
function apply(
  rule: Rule,
  event: LintedEvent,
  config: LintConfig,
  verdict: Verdict,
  check: () => Finding[],
): number {
  const chosen = chosenSeverity(config, rule.id, event.event)
  if (chosen === 'off') return 0
  try {
    const findings = check()
    for (const { severity: own, ...finding } of findings) {
      verdict.problems.push({ rule: rule.id, severity: chosen ?? own ?? rule.severity, ...finding })
    }
    return findings.length
  } catch (error) {
    verdict.failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) })
    return 0
  }
}

/** Names that are remembered; the one remembered longest makes room. */
const nameLimit = 10_000
/** Findings of one name: a few rules, and look-alikes, which come and go. */
const findingLimit = 20
/** Longer names are judged anew each time: they would fill the memory. Characters. */
const longestName = 300

class JudgedNames {
  readonly #names = new Map<string, Map<string, Finding[]>>()

  findings(name: string, by: string, check: () => Finding[]): Finding[] {
    if (name.length > longestName || by.length > longestName) return check()
    let judged = this.#names.get(name)
    const known = judged?.get(by)
    if (known !== undefined) return known
    const findings = check()
    if (judged === undefined) {
      if (this.#names.size >= nameLimit) {
        const [oldest] = this.#names.keys()
        if (oldest !== undefined) this.#names.delete(oldest)
      }
      judged = new Map()
      this.#names.set(name, judged)
    }
    if (judged.size < findingLimit) judged.set(by, findings)
    return findings
  }
}

function factsOfNothing(english: English, config: LintConfig): Facts {
  return {
    english,
    config,
    lookAlike: null,
    duplicateOf: null,
    isTextDamaged: false,
    accountOfUser: null,
    sourceSendsAccounts: false,
    past: null,
    keyStyle: null,
    formerUser: null,
    isUserIntroduced: true,
    accountBefore: null,
    otherAccountOfUser: null,
    callBytes: 0,
    batch: null,
    firedBefore: null,
    isTranslated: false,
    plan: null,
  }
}

function trackCall(name: string): LintedEvent {
  const payload: JsonObject = { type: 'track', event: name }
  return {
    id: 0,
    type: 'track',
    event: name,
    name: null,
    userId: null,
    anonymousId: null,
    previousId: null,
    accountId: null,
    messageId: null,
    source: null,
    properties: null,
    traits: null,
    context: null,
    payload,
    receivedAt: 0,
    timestamp: 0,
    originalTimestamp: null,
    sentAt: null,
  }
}
