import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../electron/cli/check/lines.ts'

async function lines(chunks: string[], limit = 100): Promise<[number, string, boolean][]> {
  async function* stream() {
    await Promise.resolve()
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const found: [number, string, boolean][] = []
  for await (const { number, bytes, isTooLong } of linesOf(stream(), limit))
    found.push([number, bytes.toString(), isTooLong])
  return found
}

describe('lines of a file', () => {
  it('keep their numbers, wherever the file is cut and whatever is empty', async () => {
    const expected = [
      [1, 'a', false],
      [3, 'bc', false],
      [5, 'd', false],
    ]
    expect(await lines(['a\n\nb', 'c\n \r\nd'])).toEqual(expected)
    expect(await lines([...'a\n\nbc\n \r\nd\n'])).toEqual(expected)
    expect(await lines([])).toEqual([])
  })

  it('are held up to the limit, and say so', async () => {
    expect(await lines(['12345', '6789\nab\n1234'], 4)).toEqual([
      [1, '1234', true],
      [2, 'ab', false],
      [3, '1234', false],
    ])
  })
})
