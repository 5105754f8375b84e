import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../../electron/engine/capture/body-text.ts'

describe('the body of a request', () => {
  const text = '{"type":"track","event":"Invoice Sent"}'
  const unicode = Buffer.from('{"event":"Rechnung bezahlt 🎉"}')

  it.each([
    ['in one piece', [Buffer.from(text)]],
    ['in many pieces', [...text].map((letter) => Buffer.from(letter))],
    ['with a piece that is empty', [Buffer.from(text), Buffer.alloc(0)]],
  ])('is a text where it is ASCII, %s', (_how, pieces) => {
    expect(bodyOf(pieces)).toBe(text)
  })

  it('is an empty text where nothing came', () => {
    expect(bodyOf([])).toBe('')
  })

  it('keeps its bytes where one piece is not ASCII, wherever it was cut', () => {
    for (let cut = 0; cut <= unicode.length; cut += 1)
      expect(bodyOf([unicode.subarray(0, cut), unicode.subarray(cut)])).toEqual(unicode)
    expect(bodyOf([unicode])).toBe(unicode)
  })
})
