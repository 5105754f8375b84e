import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { SettingsChange } from '../../shared/contract/settings.ts'
import { useAnswer } from './answer.ts'
import { engine } from './engine.ts'
import { pulse } from './pulse.ts'

/** What a person has set in the engine; every page and script that changes it is followed. */
export const useSettings = defineStore('settings', () => {
  const { value, failure, ask } = useAnswer(
    () => true,
    (client) => client.settings.get(),
    () => pulse.current.value?.settings,
  )
  const activeFaults = computed(() => value.value?.faults.filter(({ on }) => on).length ?? 0)

  /** Resolves once the change is in force; rejects with what the engine says. */
  async function change(fields: SettingsChange): Promise<void> {
    await engine.client.settings.patch(fields)
    ask()
  }

  return { settings: value, failure, activeFaults, ask, change }
})
