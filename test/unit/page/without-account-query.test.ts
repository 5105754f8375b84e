import { describe, expect, it } from 'vitest'
import { withoutAccountQuery } from '../../../renderer/views/accounts/without-account-query.ts'
import { parseQuery } from '../../../shared/query/index.ts'

describe('the query for calls without an account', () => {
  it('names the members', () => {
    expect(withoutAccountQuery(['usr_1', 'usr_2'])).toBe('type:track missing:account user:usr_1,usr_2')
  })

  it.each([[['a,b', 'c*']], [['say "hi"', '\\']], [['anonymous:7f 1c', '..', '(x)']], [[]], [['ü😀']]])(
    'can be read whatever the ids are: %j',
    (ids) => {
      const parsed = parseQuery(withoutAccountQuery(ids))
      expect(parsed).toMatchObject({ ok: true })
      const values = JSON.stringify(parsed).matchAll(/"by":"equals","value":("(?:[^"\\]|\\.)*")/g)
      expect([...values].map(([, value]) => JSON.parse(value ?? '') as unknown)).toEqual(
        ids.length === 0 ? [] : ids,
      )
    },
  )
})
