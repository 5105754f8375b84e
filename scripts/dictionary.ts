import { writeFileSync } from 'node:fs'
import nlp from 'compromise/two'
import { isJsonObject } from '../shared/normalise.ts'
import { isStale } from './freshness.ts'
import { inProject } from './project.ts'

const dictionary = 'electron/engine/analysis/dictionary.generated.ts'

export const dictionaryIsStale = (): boolean =>
  isStale(dictionary, ['scripts/dictionary.ts', 'node_modules/compromise/package.json'])

/** Single words by their tags, the tags joined by `|`: `Noun|Plural` → `alumni criteria …`. */
function wordsByTags(): Map<string, string[]> {
  const model: unknown = nlp.model()
  const one = isJsonObject(model) ? model['one'] : null
  const entries = isJsonObject(one) ? one['lexicon'] : null
  if (!isJsonObject(entries)) throw new Error('compromise keeps its words elsewhere by now')
  const words = new Map<string, string[]>()
  for (const [word, found] of Object.entries(entries)) {
    if (/\s/.test(word)) continue
    const tags = (Array.isArray(found) ? found : [found]).filter((tag) => typeof tag === 'string').join('|')
    const alike = words.get(tags)
    if (alike === undefined) words.set(tags, [word])
    else alike.push(word)
  }
  return words
}

/** Writes what the engine needs of compromise's dictionary. */
export function generateDictionary(): void {
  const lines = [...wordsByTags()].map(
    ([tags, words]) => `  ${JSON.stringify(tags)}: ${JSON.stringify(words.join(' '))},`,
  )
  writeFileSync(
    inProject(dictionary),
    `// Made by scripts/dictionary.ts from the package compromise (MIT, Spencer Kelly).\nexport const wordsByTags: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n}\n`,
  )
}
