/** Longer words are not compared: a slip in one shows by itself. Characters. */
const longestWord = 60
/** More candidates than this are not looked through. */
const candidateLimit = 500
/** Fewer letters than this and one of them makes another word. */
const shortestWord = 4

/** The one that the word was probably meant to be: another case or other separators, or a letter or two away. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > longestWord) return null
  const bare = squeezed(word)
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates.slice(0, candidateLimit)) {
    if (candidate.length > longestWord || candidate === word) continue
    const other = squeezed(candidate)
    if (other === '' || bare === '') continue
    const length = Math.min(bare.length, other.length)
    const allowed = length < shortestWord ? 0 : length < 9 ? 1 : 2
    const distance = distanceOf(bare, other, allowed)
    if (distance <= allowed && (best === null || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate ?? null
}

function squeezed(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Optimal string alignment (Damerau-Levenshtein without double edits); anything beyond `limit` is just more. */
function distanceOf(one: string, other: string, limit: number): number {
  if (one === other) return 0
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  let twoBefore: number[] = []
  let before = Array.from({ length: other.length + 1 }, (_unused, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const edits = [
        (before[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + (isSame ? 0 : 1),
      ]
      if (one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        edits.push((twoBefore[column - 2] ?? 0) + 1)
      current.push(Math.min(...edits))
    }
    twoBefore = before
    before = current
  }
  return before[other.length] ?? limit + 1
}
