import { expect, it } from 'vitest'
import { exampleText } from '../../../shared/lint/documentation.ts'
import { rules } from '../../../shared/lint/rules.ts'

it('shows a short example whole', () => {
  expect(exampleText({ type: 'track', event: 'Invoice Sent' })).toBe(
    '{\n  "type": "track",\n  "event": "Invoice Sent"\n}',
  )
})

it('counts the middle of a long example, and shows how it ends', () => {
  const properties = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`cell_${index}`, index]))
  const lines = exampleText({ type: 'track', properties, userId: 'abc123' }).split('\n')
  expect(lines.slice(0, 4)).toEqual(['{', '  "type": "track",', '  "properties": {', '    "cell_0": 0,'])
  expect(lines.slice(-4)).toEqual(['    // and 31 more', '  },', '  "userId": "abc123"', '}'])
  expect(lines.filter((line) => line.includes('cell_'))).toHaveLength(40 - 31)
})

it.each(rules)('the examples of $id fit on a screen', ({ good, bad }) => {
  for (const call of [good, bad]) expect(exampleText(call).split('\n').length).toBeLessThan(30)
})
