import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/nondescript'

describe('a name that says nothing', () => {
  it.each([
    'Event 12',
    'TMDropd',
    'evt_3',
    'test',
    'asdf',
    'foo',
    'Custom Event',
    'x',
    '123',
    '???',
    '🎉',
    'qwerty',
  ])('%s is told so, without a guess', (name) => {
    expect(problemsOf(name)).toMatchObject([{ rule, severity: 'error', path: 'event', suggestion: null }])
  })
})

describe('a name that says something', () => {
  it.each([examplesOf(rule).good, 'Test Started', 'Event Created', 'Data Exported', 'Rhythm Synced'])(
    '%s is left alone',
    (name) => {
      expect(problemsOf(name)).toEqual([])
    },
  )
})
