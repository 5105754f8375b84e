import { readFileSync, readdirSync } from 'node:fs'

/** Milliseconds on a core that a process has used. */
export interface ProcessorTime {
  /** Where node:http, and all other JavaScript that nobody has put elsewhere, runs. */
  main: number
  /** The busiest other thread: the writer, in the engine. */
  busiest: number
  /** The rest: garbage collection, compiling, reading. */
  others: number
}

/** Of each thread since its start, by its id; null where the system does not tell. */
export function threadTimes(pid: number): ReadonlyMap<number, number> | null {
  if (process.platform !== 'linux') return null
  const folder = `/proc/${pid}/task`
  return new Map(
    readdirSync(folder).map((id) => {
      // The first number is nanoseconds.
      const [nanoseconds = ''] = readFileSync(`${folder}/${id}/schedstat`, 'utf8').split(' ')
      return [Number(id), Number(nanoseconds) / 1_000_000]
    }),
  )
}

/** What a process has used between two looks at its threads. */
export function usedBetween(
  pid: number,
  before: ReadonlyMap<number, number> | null,
  after: ReadonlyMap<number, number> | null,
): ProcessorTime {
  if (before === null || after === null) return { main: Number.NaN, busiest: Number.NaN, others: Number.NaN }
  let main = 0
  const rest: number[] = []
  for (const [id, ms] of after) {
    const used = ms - (before.get(id) ?? 0)
    if (id === pid) main = used
    else rest.push(used)
  }
  const busiest = Math.max(0, ...rest)
  return { main, busiest, others: rest.reduce((sum, used) => sum + used, 0) - busiest }
}
