import { readFile, stat } from 'node:fs/promises'

/** Why a file can't be read, as the end of a sentence. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

/** The text of a file that a person keeps. Raises UnreadableFile where there is none, or one of more bytes. */
export async function readTextFile(path: string, bytesLimit: number): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > bytesLimit) throw new UnreadableFile(`It is larger than ${bytesLimit / 1_000_000} MB.`)
    // A mark of the byte order is taken off; what is no UTF-8 is no guess.
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile(reasonOf(error), { cause: error })
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'There is no such file.'
  if (code === 'EISDIR') return 'It is a folder.'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'It is not written in UTF-8.'
  return error instanceof Error ? error.message : String(error)
}
