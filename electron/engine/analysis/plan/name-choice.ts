import type { LookAlikeLeftOut } from '../../../../shared/contract/plan.ts'
import type { Problem } from '../../../../shared/event.ts'
import { NameIndex } from '../../../../shared/lint/index.ts'

/** A name without problems is taken before a look-alike with up to so many times its events. */
const closeCounts = 2

export interface CapturedName {
  name: string
  events: number
}

export interface NameChoice {
  taken: string[]
  /** Names that no plan should have. */
  leftOut: string[]
  lookAlikes: LookAlikeLeftOut[]
}

interface Candidate extends CapturedName {
  isClean: boolean
  /** By which look-alikes are compared. */
  weight: number
}

/**
 * Which names a plan is drawn up for: of those that look alike one, the planned one if there is one, else the one with
 * the most events, unless one without problems comes close. `names` are in the order in which they first came; `judge`
 * says what the rules find in a name alone.
 */
export function choiceOfNames(
  names: readonly CapturedName[],
  planned: readonly string[],
  judge: (name: string) => Problem[],
): NameChoice {
  const index = new NameIndex()
  for (const name of planned) index.add(name, Number.MAX_SAFE_INTEGER)
  const isPlanned = new Set(planned)
  const known = new Map<string, Candidate>()
  const leftOut: string[] = []
  for (const { name, events } of names) {
    const problems = judge(name)
    const isClean = problems.every(({ severity }) => severity === 'info')
    if (problems.some(({ severity }) => severity === 'error')) leftOut.push(name)
    else known.set(name, { name, events, isClean, weight: isClean ? events * closeCounts : events })
  }

  const reasonOf = (candidate: Candidate, name: string): LookAlikeLeftOut['reason'] => {
    const better = known.get(name)
    if (isPlanned.has(name) || better === undefined) return 'planned'
    if (better.events > candidate.events) return 'more-events'
    return better.isClean && !candidate.isClean ? 'better-name' : 'earlier'
  }
  const taken: string[] = []
  const lookAlikes: LookAlikeLeftOut[] = []
  for (const candidate of [...known.values()].toSorted((one, other) => other.weight - one.weight)) {
    const { name, events, weight } = candidate
    const better = isPlanned.has(name) ? null : index.lookAlike(name)
    if (better === null) {
      taken.push(name)
      index.add(name, weight)
    } else {
      const reason = reasonOf(candidate, better.name)
      lookAlikes.push({ name, events, taken: better.name, reason })
    }
  }
  return { taken, leftOut, lookAlikes }
}
