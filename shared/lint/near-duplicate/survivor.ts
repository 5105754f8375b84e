/** A name in use, among names that look alike. */
export interface Candidate {
  name: string
  events: number
  /** What the rules would rather have it called; null where they find nothing, or know no better name. */
  suggestion: string | null
  /** Whether the rules find nothing wrong with the name alone. */
  isClean: boolean
}

/**
 * Of names that look alike, the one to keep: the most used of those that are right as they are. Where none is, what the
 * most used one should have been called, as far as the rules know it; else the most used one.
 */
export function survivorOf(candidates: Iterable<Candidate>): string | null {
  let most: Candidate | null = null
  let mostOfClean: Candidate | null = null
  for (const candidate of candidates) {
    if (most === null || candidate.events > most.events) most = candidate
    if (candidate.isClean && (mostOfClean === null || candidate.events > mostOfClean.events))
      mostOfClean = candidate
  }
  return mostOfClean?.name ?? most?.suggestion ?? most?.name ?? null
}
