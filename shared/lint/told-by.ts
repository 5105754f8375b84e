import { chosenSeverity } from './config.ts'
import type { Facts, LintedEvent, Rule } from './rule.ts'

/** Where in a call other rules find something, so that one value has one finding. What is switched off tells nothing. */
export function placesToldBy(others: readonly Rule[], event: LintedEvent, facts: Facts): ReadonlySet<string> {
  const heard = others.filter(({ id }) => chosenSeverity(facts.config, id, event.event) !== 'off')
  return new Set(heard.flatMap((rule) => rule.check(event, facts)).map(({ path }) => path))
}
