import { wordSet } from '../words/word-set.ts'

/** Two consonants that a word may end in, in English or in a language that shares its letters. */
const endings = wordSet(`
  bb bs bt ch ck cs ct dd dg ds dt ff fs ft gg gh gn gs ht kk ks lb lc ld lf lg lk ll lm ln lp ls lt lv lz mb mm mn mp ms mt nc nd ng nh nj nk nn ns nt nx nz
  ph pp ps pt rb rc rd rf rg rh rk rl rm rn rp rr rs rt rv rx rz sc sh sk sl sm sp ss st sz tch th tl ts tt tz wd wk wl wm wn ws wt xt zz sch hn hl hr hm gl
`)

const keyboardRuns = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'poiuytrewq', 'lkjhgfdsa', 'mnbvcxz']

/** Whether no mouth could say the word: `dropd`, `asdf`, `xkcd`, `aaaa`. For words that no dictionary knows. */
export function isGibberish(word: string): boolean {
  if (!/^[a-z]+$/.test(word)) return false
  if (word.length < 2 || !/[aeiouy]/.test(word)) return true
  if (/(.)\1\1/.test(word) || /^(.{2,4})\1+$/.test(word) || /[^aeiouy]{6}/.test(word)) return true
  if (word.length >= 3 && word.length <= 12 && isKeyboardRun(word)) return true
  const end = /[^aeiouy]{2,}$/.exec(word)?.[0]
  return end !== undefined && !endings.has(end.slice(-2))
}

/** Four keys in a row, or three that are the whole word. */
function isKeyboardRun(word: string): boolean {
  const length = Math.min(word.length, 4)
  for (let start = 0; start + length <= word.length; start += 1) {
    const part = word.slice(start, start + length)
    if (keyboardRuns.some((run) => run.includes(part)))
      return (
        !['pres', 'were', 'prop', 'oper', 'tyre', 'rewe', 'trew', 'fghj'].includes(part) || part === 'fghj'
      )
  }
  return false
}
