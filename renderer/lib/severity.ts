import type { Severity } from '../../shared/event.ts'

/** How a person calls them. */
export const severityWords: Record<Severity, { one: string; many: string; title: string }> = {
  error: { one: 'error', many: 'errors', title: 'Errors' },
  warning: { one: 'warning', many: 'warnings', title: 'Warnings' },
  info: { one: 'remark', many: 'remarks', title: 'Remarks' },
}
