import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { LintChange, LintOrigin } from '../../shared/contract/lint.ts'
import type { RuleSeverity } from '../../shared/lint/config.ts'
import type { RuleId } from '../../shared/lint/rule.ts'
import { ruleById } from '../../shared/lint/rules.ts'
import { undoingChange } from '../../shared/lint-settings/change.ts'
import { useAnswer } from './answer.ts'
import { engine } from './engine.ts'
import { failureOf } from './failure.ts'
import { shownName } from './name-text.ts'
import { pulse } from './pulse.ts'
import { severityWords } from './severity.ts'
import { showToast } from './toasts.ts'

/** How a person calls what a rule can be set to. */
export const ruleSeverityWords: Readonly<Record<RuleSeverity, string>> = {
  error: 'an error',
  warning: 'a warning',
  info: `a ${severityWords.info.one}`,
  off: 'switched off',
}

export const originWords: Readonly<Record<LintOrigin, string>> = {
  here: 'set here',
  file: 'from trackside.json',
  default: 'default',
}

/**
 * What is agreed on about rules and names, and the one way to change it. Each change is told with a toast that can undo
 * it, and the engine then reads the past anew: `pulse` says how far it is.
 */
export const useLintSettings = defineStore('lint', () => {
  const { value, failure, ask } = useAnswer(
    () => true,
    async (client) => {
      const [{ rules }, agreed] = await Promise.all([client.lint.rules(), client.lint.config()])
      return { rules, agreed }
    },
    () => pulse.current.value?.lint,
  )
  const rules = computed(() => value.value?.rules ?? null)
  const agreed = computed(() => value.value?.agreed ?? null)

  let lastChange: Promise<unknown> = Promise.resolve()

  /** Sets what is named, and says so: `told` is a sentence. Resolves to false where the engine refused it. */
  function change(wanted: LintChange, told: string): Promise<boolean> {
    const changed = lastChange.then(async () => {
      try {
        const { lint } = await engine.client.settings.get()
        const undoing = undoingChange(lint, wanted)
        await engine.client.settings.patch({ lint: wanted })
        showToast(told, {
          action: { label: 'Undo', run: () => void quietly(undoing) },
        })
        return true
      } catch (error) {
        showToast(failureOf(error).message, { tone: 'error' })
        return false
      } finally {
        // A control that was changed in vain shows again what is in force.
        ask()
      }
    })
    lastChange = changed
    return changed
  }

  async function quietly(undoing: LintChange): Promise<void> {
    try {
      await engine.client.settings.patch({ lint: undoing })
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
    }
  }

  /** At every name, or at one; null leaves it to trackside.json and the rule’s own. */
  function setSeverity(
    rule: RuleId,
    severity: RuleSeverity | null,
    name: string | null = null,
  ): Promise<boolean> {
    const title = `“${ruleById(rule)?.title ?? rule}”`
    const where = name === null ? '' : ` at ${shownName(name)}`
    const told =
      severity === null
        ? `${title} is no longer set here${where}.`
        : `${title} is ${ruleSeverityWords[severity]} now${where}.`
    return change(
      name === null ? { rules: { [rule]: severity } } : { names: { [name]: { [rule]: severity } } },
      told,
    )
  }

  /** Switches a rule off: at one name, or everywhere. */
  function muteRule(rule: RuleId, name: string | null): Promise<boolean> {
    return setSeverity(rule, 'off', name)
  }

  /** Switches every rule off at one name. */
  function muteName(name: string): Promise<boolean> {
    return change({ names: { [name]: { '*': 'off' } } }, `${shownName(name)} is muted.`)
  }

  /** Takes back whatever is set here for one name. */
  function unmuteName(name: string): Promise<boolean> {
    return change({ names: { [name]: null } }, `${shownName(name)} is judged like all others.`)
  }

  return { rules, agreed, failure, ask, change, setSeverity, muteRule, muteName, unmuteName }
})
