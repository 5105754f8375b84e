import fc from 'fast-check'
import { expect, it } from 'vitest'
import { differenceOf } from '../../../shared/plan/difference.ts'
import { exportPlan } from '../../../shared/plan/export/index.ts'
import { readPlan } from '../../../shared/plan/import/read-plan.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { parsePath, printPath } from '../../../shared/plan/property-path.ts'
import { rowsOf, schemaOf } from '../../../shared/plan/property-table.ts'
import { plans } from './arbitrary.ts'

/** An object puts keys like `7` first, so the order of such names can't be kept. */
const sorted = ({ name, events }: Plan): Plan => ({
  name,
  events: events.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
})

it.each(['json-schema', 'csv'] as const)('comes back from %s as it went', (format) => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { fileName, content } = exportPlan(plan, format)
      const read = readPlan(content, fileName)
      expect(sorted(read.plan)).toEqual(sorted(plan))
      expect(read.notes).toEqual([])
      // Without the name of a file it is recognised by what it says.
      expect(readPlan(content, '').format).toBe(read.format)
      expect(differenceOf(plan, read.plan)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('is the same schema when it is put together from its rows', () => {
  fc.assert(
    fc.property(plans, ({ events }) => {
      for (const { schema } of events) expect(schemaOf(rowsOf(schema))).toEqual(schema)
    }),
    { numRuns: 300 },
  )
})

it('reads a path that it has printed', () => {
  const path = fc.array(fc.oneof(fc.constant(null), fc.string()), { minLength: 1 })
  fc.assert(
    fc.property(path, (steps) => {
      expect(parsePath(printPath(steps))).toEqual(steps)
    }),
    { numRuns: 1_000 },
  )
})
