import { fieldsOf } from './call.ts'
import type { CodeCall } from './call.ts'

/** In single quotes a shell reads nothing but the next single quote. */
const shellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** JSON may write any character as \u: those that can't be seen, or that turn the direction of reading around. */
function readableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n'
      ? character
      : Array.from(
          { length: character.length },
          (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
        ).join(''),
  )
}

/** For a shell. The write key stands in the body, because curl cuts one with a colon in two. */
export function curl(call: CodeCall): string {
  const body = { writeKey: call.writeKey, ...fieldsOf(call) }
  return `curl -X POST ${shellText(`${call.captureUrl}/v1/${call.type}`)} \\
  -H 'Content-Type: application/json' \\
  --data-raw ${shellText(readableJson(body))}
`
}
