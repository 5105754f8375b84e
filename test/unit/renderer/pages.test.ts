import './browser-tab.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import type { EffectScope } from 'vue'
import { usePages } from '../../../renderer/lib/pages.ts'
import { DelayedAnswers, settled } from './delayed-answers.ts'

interface Question {
  severity: string
  cursor?: string
}
interface Page {
  items: string[]
  nextCursor: string | null
  total: number
}

let scope: EffectScope

beforeEach(() => (scope = effectScope()))
afterEach(() => scope.stop())

const page = (items: string[], nextCursor: string | null = null): Page => ({
  items,
  nextCursor,
  total: items.length,
})

function list() {
  const severity = ref('error')
  const answers = new DelayedAnswers<Question, Page>()
  const pages = scope.run(() =>
    usePages(
      () => ({ severity: severity.value }),
      (_client, input, { cursor }) => answers.ask({ ...input, ...(cursor === undefined ? {} : { cursor }) }),
    ),
  )
  if (pages === undefined) throw new Error('the scope has ended')
  return { severity, answers, pages }
}

it('shows the answer to the question as it stands, whichever answer comes last', async () => {
  const { severity, answers, pages } = list()
  severity.value = 'warning'
  await settled()
  await answers.answer(1, page(['a warning']))
  await answers.answer(0, page(['an error', 'another']))
  expect(pages.items.value).toEqual(['a warning'])
  expect(pages.first.value?.total).toBe(1)
})

it('drops a further page of another question, even where both begin at the same place', async () => {
  const { severity, answers, pages } = list()
  await answers.answer(0, page(['an error'], 'behind the first'))
  void pages.more()
  severity.value = 'warning'
  await settled()
  await answers.answer(2, page(['a warning'], 'behind the first'))
  await answers.answer(1, page(['another error']))
  expect(pages.items.value).toEqual(['a warning'])
  expect(pages.hasMore.value).toBe(true)
})

it('asks for more of the new question while a page of the last one is still on its way', async () => {
  const { severity, answers, pages } = list()
  await answers.answer(0, page(['an error'], 'behind the error'))
  void pages.more()
  severity.value = 'warning'
  await settled()
  await answers.answer(2, page(['a warning'], 'behind the warning'))
  void pages.more()
  expect(answers.asked.at(-1)).toEqual({ severity: 'warning', cursor: 'behind the warning' })
  await answers.answer(3, page(['another warning']))
  await answers.answer(1, page(['another error']))
  expect(pages.items.value).toEqual(['a warning', 'another warning'])
})

it('never asks the new question from the end of the list of the last one', async () => {
  const { severity, answers, pages } = list()
  await answers.answer(0, page(['an error'], 'behind the error'))
  severity.value = 'warning'
  await settled()
  void pages.more()
  expect(answers.asked).toEqual([{ severity: 'error' }, { severity: 'warning' }])
})

it('says nothing of a further page of another question that failed', async () => {
  const { severity, answers, pages } = list()
  await answers.answer(0, page(['an error'], 'behind the error'))
  void pages.more()
  severity.value = 'warning'
  await settled()
  await answers.answer(2, page(['a warning']))
  await answers.fail(1, new Error('The cursor is not one that a page of this list gave out.'))
  expect(pages.failure.value).toBeNull()
})
