import { ORPCError } from '@orpc/client'

/** What went wrong, as the error catalogue says it: a code, and a sentence with the next step. */
export interface Failure {
  code: string
  message: string
  data: Record<string, unknown>
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    return {
      code: error.code,
      message: error.message,
      data: typeof data === 'object' && data !== null ? { ...data } : {},
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL', message, data: {} }
}
