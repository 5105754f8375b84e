import { reactive } from 'vue'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'

/** How the latest test of a destination went; `null` while it is under way. */
export type TestResult = { isGood: boolean; message: string; ms: number | null } | null

/** Results by destination, for as long as the page lives: tomorrow they would say nothing. */
const results = reactive(new Map<number, TestResult>())

export const connectionTests = {
  results: results as ReadonlyMap<number, TestResult>,
  /** What was found out about another address or key is no longer true. */
  forget: (id: number): void => void results.delete(id),
  async run(id: number): Promise<void> {
    if (results.get(id) === null) return
    results.set(id, null)
    try {
      const { ok, message, ms } = await engine.client.destinations.test({ id })
      results.set(id, { isGood: ok, message, ms })
    } catch (error) {
      results.set(id, { isGood: false, message: failureOf(error).message, ms: null })
    }
  },
}
