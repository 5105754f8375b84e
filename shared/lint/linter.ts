import type { Problem } from '../event.ts'
import { defaultLintConfig, chosenSeverity } from './config.ts'
import type { LintConfig } from './config.ts'
import { callAlone, factsOfNothing } from './judged-alone.ts'
import { mainNamingRules, namingRules, nearDuplicate, tooLong } from './naming/index.ts'
import type { English, Facts, Finding, LintedEvent, Rule, RuleId } from './rule.ts'
import { rules } from './rules.ts'

/** A rule that threw: its own findings are lost, nobody else's. */
export interface RuleFailure {
  rule: RuleId
  message: string
  /** What it threw: it may not have been the rule's own fault. */
  cause: unknown
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
  /** Whether there is nothing wrong with the name by itself, but that it may be long; false where a rule has thrown. */
  isGoodName(name: string): boolean
}

/** A linter for one configuration. It remembers the names it has judged, in bounded memory. */
export function createLinter(english: English, config: LintConfig = defaultLintConfig): Linter {
  const names = new JudgedNames()
  const allowed = new Set(config.allowedNames)
  const noFacts = factsOfNothing(english, config)
  const otherRules = rules.filter((rule) => !namingRules.includes(rule) && !isOffEverywhere(config, rule))
  const linter: Linter = {
    lint(event, facts) {
      const verdict: Verdict = { problems: [], failures: [] }
      if (event.type === 'track') judgeName(event, facts, verdict)
      for (const rule of otherRules) apply(rule, event, facts, config, verdict)
      return verdict
    },
    lintName(name, lookAlike) {
      const { problems, failures } = ofNameAlone(name, lookAlike)
      const [failure] = failures
      // Without an event there is nobody to report a failure to but the caller.
      if (failure !== undefined) throw new Error(`${failure.rule} can't judge this name: ${failure.message}`)
      return problems
    },
    isGoodName(name) {
      const { problems, failures } = ofNameAlone(name, null)
      return failures.length === 0 && problems.every(({ rule }) => rule === tooLong.id)
    },
  }
  return linter

  function ofNameAlone(name: string, lookAlike: Facts['lookAlike']): Verdict {
    const verdict: Verdict = { problems: [], failures: [] }
    judgeName(callAlone({ type: 'track', event: name }), { ...noFacts, lookAlike }, verdict)
    return verdict
  }

  function judgeName(event: LintedEvent, facts: Facts, verdict: Verdict): void {
    if (event.event !== null && allowed.has(event.event)) return
    const { main, length } = judged(event, verdict)
    for (const problem of main.length > 0 ? main : duplicates(event, facts, verdict))
      verdict.problems.push(problem)
    for (const problem of length) verdict.problems.push(problem)
  }

  /** What is found in the name by itself. */
  function judged(event: LintedEvent, verdict: Verdict): JudgedName {
    // What is no text has no name to remember it by.
    const name = event.payload['event'] === event.event ? event.event : null
    const known = name === null ? undefined : names.get(name)
    if (known !== undefined) return known
    const own: Verdict = { problems: [], failures: verdict.failures }
    const failures = verdict.failures.length
    for (const rule of mainNamingRules)
      if (rule !== nearDuplicate && apply(rule, event, noFacts, config, own) > 0) break
    const main = own.problems
    own.problems = []
    apply(tooLong, event, noFacts, config, own)
    const judgement = { main, length: own.problems, like: new Map<string, Problem[]>() }
    if (name !== null && own.failures.length === failures) names.set(name, judgement)
    return judgement
  }

  function duplicates(event: LintedEvent, { lookAlike }: Facts, verdict: Verdict): Problem[] {
    if (lookAlike === null || event.event === null) return []
    const like = names.get(event.event)?.like
    const known = like?.get(lookAlike.name)
    if (known !== undefined) return known
    const own: Verdict = { problems: [], failures: verdict.failures }
    // A name that is itself wrong is nothing to be led to, however much it is used.
    if (linter.isGoodName(lookAlike.name)) apply(nearDuplicate, event, { ...noFacts, lookAlike }, config, own)
    if (like !== undefined && like.size < likeLimit) like.set(lookAlike.name, own.problems)
    return own.problems
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
function apply(rule: Rule, event: LintedEvent, facts: Facts, config: LintConfig, verdict: Verdict): number {
  let findings: Finding[]
  try {
    findings = rule.check(event, facts)
  } catch (error) {
    // Of one that is switched off nobody wants to hear anything.
    if (chosenSeverity(config, rule.id, event.event) !== 'off')
      verdict.failures.push({
        rule: rule.id,
        message: error instanceof Error ? error.message : String(error),
        cause: error,
      })
    return 0
  }
  if (findings.length === 0) return 0
  const chosen = chosenSeverity(config, rule.id, event.event)
  if (chosen === 'off') return 0
  for (const { severity: own, ...finding } of findings) {
    verdict.problems.push({ rule: rule.id, severity: chosen ?? own ?? rule.severity, ...finding })
  }
  return findings.length
}

/** Whether a rule is never asked: off, and at no name anything else. */
function isOffEverywhere(config: LintConfig, { id }: Rule): boolean {
  if (config.rules[id] !== 'off') return false
  return Object.values(config.names).every((atName) => (atName[id] ?? atName['*'] ?? 'off') === 'off')
}

/** What is found in a name: the main finding, that of its length, and those that other names lead to. */
interface JudgedName {
  main: Problem[]
  length: Problem[]
  like: Map<string, Problem[]>
}

/** Names that are remembered; the one remembered longest makes room. */
const nameLimit = 10_000
/** Look-alikes of one name, which come and go. */
const likeLimit = 20
/** Longer names are judged anew each time: they would fill the memory. Characters. */
const longestName = 300

class JudgedNames {
  readonly #names = new Map<string, JudgedName>()

  get(name: string): JudgedName | undefined {
    return this.#names.get(name)
  }

  set(name: string, judged: JudgedName): void {
    if (name.length > longestName) return
    if (this.#names.size >= nameLimit) {
      const [oldest] = this.#names.keys()
      if (oldest !== undefined) this.#names.delete(oldest)
    }
    this.#names.set(name, judged)
  }
}
