import type { LintConfig } from '../../../shared/lint/index.ts'
import { githubText } from './format-github.ts'
import { jsonText } from './format-json.ts'
import { junitText } from './format-junit.ts'
import { plainText } from './format-text.ts'
import type { Paint } from './format-text.ts'
import type { CheckReport, FailureLevel } from './report.ts'

export const checkFormats = ['text', 'json', 'junit', 'github'] as const
export type CheckFormat = (typeof checkFormats)[number]

export interface FormatOptions {
  failOn: FailureLevel
  /** What was judged by. */
  config: LintConfig
  paint: Paint
}

/** The report, ready to be printed, with a newline at its end. */
export function formatted(report: CheckReport, format: CheckFormat, options: FormatOptions): string {
  switch (format) {
    case 'text':
      return plainText(report, options)
    case 'json':
      return jsonText(report, options)
    case 'junit':
      return junitText(report, options)
    case 'github':
      return githubText(report)
  }
}
