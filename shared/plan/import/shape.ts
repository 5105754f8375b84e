import type { z } from 'zod'
import { PlanFault, found } from '../plan-fault.ts'
import type { DocumentPath } from '../plan-fault.ts'

/** The value in the shape that it must have. Raises PlanFault at the first place where it has not. */
export function shaped<T>(schema: z.ZodType<T>, value: unknown, path: DocumentPath = []): T {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const inside = (issue?.path ?? []).filter((step) => typeof step !== 'symbol')
  const expected =
    issue?.code === 'invalid_type'
      ? `expected ${named(issue.expected)}`
      : (issue?.message ?? 'it does not fit')
  throw new PlanFault([...path, ...inside], `${expected}; found ${found(issue?.input)}`)
}

function named(type: string): string {
  switch (type) {
    case 'string':
      return 'a text'
    case 'array':
      return 'a list'
    case 'boolean':
      return 'true or false'
    case 'object':
    case 'record':
      return 'an object'
    default:
      return `a ${type}`
  }
}
