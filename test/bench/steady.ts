import type { SteadyInput, SteadyResult } from './steady-generator.ts'
import { count, decimal, printTable } from './table.ts'

export const steadyPace = { perSecond: 1_000, seconds: 10, warmUpSeconds: 1 } satisfies Partial<SteadyInput>

export function printSteady(part: string, results: readonly (readonly [name: string, SteadyResult])[]): void {
  const { perSecond, seconds } = steadyPace
  printTable(
    `${part}: latency in ms at a steady ${count(perSecond)} single calls/s for ${seconds} s`,
    ['', 'calls', 'p50', 'p99', 'longest', 'generator late, p99'],
    results.map(([name, { requests, p50, p99, longest, late99 }]) => [
      name,
      count(requests),
      decimal(p50, 2),
      decimal(p99, 2),
      decimal(longest, 1),
      decimal(late99, 2),
    ]),
  )
}
