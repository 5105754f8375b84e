const newline = 0x0a

export interface Line {
  /** From 1; empty lines count, although they are left out. */
  number: number
  /** Without its end; of a line that is too long, its beginning. */
  bytes: Buffer
  isTooLong: boolean
}

/** The lines of a stream that have something in them. At most `limit` bytes of each are ever held. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line> {
  let number = 1
  let held: Buffer[] = []
  let heldBytes = 0
  let isTooLong = false

  function hold(piece: Buffer): void {
    const kept = piece.subarray(0, limit - heldBytes)
    isTooLong ||= kept.length < piece.length
    if (kept.length === 0) return
    held.push(kept)
    heldBytes += kept.length
  }
  function take(): Line {
    const line = { number, bytes: Buffer.concat(held), isTooLong }
    number += 1
    held = []
    heldBytes = 0
    isTooLong = false
    return line
  }

  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, end))
      const line = take()
      if (!isBlank(line)) yield line
      from = end + 1
    }
    hold(chunk.subarray(from))
  }
  const last = take()
  if (!isBlank(last)) yield last
}

function isBlank({ bytes }: Line): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
