import { isAscii } from 'node:buffer'

/**
 * A body in the form that costs least on its way: one text where it is ASCII, which almost all bodies are. A buffer costs
 * the thread that receives it five times as much, and putting the pieces of one together leaves another that nobody needs:
 * enough of those have V8 look through the whole heap every tenth of a second.
 */
export function bodyOf(pieces: readonly Buffer[]): Buffer | string {
  if (pieces.every((piece) => isAscii(piece))) return pieces.map((piece) => piece.toString('latin1')).join('')
  const [first] = pieces
  return pieces.length === 1 && first ? first : Buffer.concat(pieces)
}
