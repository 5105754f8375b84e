import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os'
import { decimal, megabytes } from './table.ts'

/** What the figures were measured on. */
export function printMachine(): void {
  const cores = availableParallelism()
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  console.log(
    `${new Date().toISOString()} · Node ${process.versions.node} · ${type()} · ${cores} cores (${model}) · ` +
      `${megabytes(totalmem())} · load ${decimal(loadavg()[0] ?? 0, 2)}`,
  )
  console.log(
    'Engine, bare server and load generator share these cores. Absolute figures depend on whatever else runs here; ' +
      'ratios come from alternating rounds of the same run and are what to compare. In brackets: lowest–highest round.',
  )
}
