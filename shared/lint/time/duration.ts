const units: readonly [ms: number, name: string][] = [
  [365.25 * 24 * 3_600_000, 'year'],
  [24 * 3_600_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
]

/** How long so many milliseconds are, as a sentence says it: “3 days”, “1 hour”. */
export function duration(ms: number): string {
  const length = Math.abs(ms)
  for (const [unit, name] of units) {
    const whole = Math.floor(length / unit)
    if (whole > 0) return `${whole} ${name}${whole === 1 ? '' : 's'}`
  }
  return `${length} ms`
}
