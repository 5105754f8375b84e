import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOfPath, pathOfId } from '../../../renderer/lib/profile-place.ts'

describe('the address of a user or an account', () => {
  it.each(['.', '..', '~.', '~~..', '...', '~', '~jane', 'a/b?c#d', '%2F', ''])('holds the id “%s”', (id) => {
    expect(idOfPath(pathOfId(id))).toBe(id)
    expect(['.', '..']).not.toContain(pathOfId(id))
  })

  it('holds any id, and no two in the same way', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('~', '.', 'a') }), (id) => idOfPath(pathOfId(id)) === id),
    )
  })
})
