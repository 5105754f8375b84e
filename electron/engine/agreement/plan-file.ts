import { TracksideError } from '../../../shared/contract/errors.ts'
import { planLength } from '../../../shared/plan/plan.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { planFromText } from '../analysis/plan/plan-from-text.ts'
import { UnreadableFile, readTextFile } from './text-file.ts'

/** Other formats say the same in more characters, and UTF-8 has four bytes for one at most. */
const bytesLimit = 4 * 4 * planLength

/** The text of a plan's file. Raises PLAN_FILE_UNREADABLE. */
export async function readPlanText(path: string): Promise<string> {
  try {
    return await readTextFile(path, bytesLimit)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    throw new TracksideError('PLAN_FILE_UNREADABLE', { file: path, detail: error.message }, { cause: error })
  }
}

/** The plan in a file, ready to judge by. Raises PLAN_FILE_UNREADABLE, PLAN_FILE_BROKEN with line and column. */
export async function loadPlanFile(path: string): Promise<Plan> {
  const text = await readPlanText(path)
  try {
    return (await planFromText({ text, file: path, format: 'auto' }, null)).plan
  } catch (error) {
    throw planFileError(path, error)
  }
}

/** What is wrong with the plan in a file, without the advice for somebody who has just imported it. */
export function planFileError(path: string, error: unknown): unknown {
  if (!(error instanceof TracksideError)) return error
  const { line, column, detail } = error.data
  switch (error.code) {
    case 'PLAN_UNREADABLE':
    case 'PLAN_INVALID':
      return new TracksideError(
        'PLAN_FILE_BROKEN',
        {
          place: `${path}, line ${String(line)}, column ${String(column)}`,
          detail,
          file: path,
          line,
          column,
        },
        { cause: error },
      )
    default:
      return error
  }
}
