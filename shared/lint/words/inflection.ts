import { irregularVerbs } from './irregular-verbs.ts'
import { wordMap, wordSet } from './word-set.ts'

export interface Conjugation {
  present: string
  past: string
  participle: string
  gerund: string
}

const irregular = new Map(irregularVerbs.map((verb) => [verb.infinitive, verb]))

/** Stressed on their last syllable: they double the last consonant as short verbs do. `cancel` is Segment's spelling. */
const doubling = wordSet(`
  abet abhor acquit admit airdrop allot annul begin blog cancel commit compel concur confer control corral debug defer deter
  dispel embed emit enrol equip excel expel extol forget format fulfil handicap impel incur infer kidnap mishit nonplus
  occur omit outwit overlap patrol permit prefer program propel rebel recap recur refer refit regret rehab shadowban remap remit
  repin replan resubmit submit retag retap rewrap transfer transmit transship unban unclip unflag unmap unpin unplug unsnap
  unstop untag unwrap unzip upset
`)

/** Present, past, participle and gerund of an infinitive in small letters. */
export function conjugation(infinitive: string): Conjugation {
  const own = irregular.get(infinitive)
  const past = own?.past ?? regularPast(infinitive)
  return {
    present: withS(infinitive),
    past,
    participle: own?.participle ?? past,
    gerund: `${gerundStem(infinitive)}ing`,
  }
}

function regularPast(infinitive: string): string {
  if (infinitive.endsWith('e')) return `${infinitive}d`
  if (/[^aeiou]y$/.test(infinitive)) return `${infinitive.slice(0, -1)}ied`
  if (/[aeiou]c$/.test(infinitive)) return `${infinitive}ked`
  return `${doubled(infinitive)}ed`
}

function gerundStem(infinitive: string): string {
  if (infinitive.endsWith('ie')) return `${infinitive.slice(0, -2)}y`
  if (/[^eoy]e$/.test(infinitive)) return infinitive.slice(0, -1)
  return doubled(infinitive)
}

function doubled(infinitive: string): string {
  const short = /^(?:[^aeiou]*|qu|squ)[aeiou][bdgklmnprtvz]$/.test(infinitive)
  return short || doubling.has(infinitive) ? `${infinitive}${infinitive.at(-1) ?? ''}` : infinitive
}

function withS(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh|o)$/.test(word) ? `${word}es` : `${word}s`
}

const irregularPlurals = wordMap(`
  people:person children:child men:man women:woman media:medium criteria:criterion indices:index analyses:analysis series:series
  news:news lens:lens movies:movie cookies:cookie calories:calorie selfies:selfie caches:cache
`)

/** The singular of a noun in small letters; of any other word, the word. */
export function singular(word: string): string {
  const own = irregularPlurals.get(word)
  if (own !== undefined) return own
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}
