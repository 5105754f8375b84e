import './browser-tab.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import type { EffectScope } from 'vue'
import { useAnswer } from '../../../renderer/lib/answer.ts'
import { DelayedAnswers, settled } from './delayed-answers.ts'

let scope: EffectScope

beforeEach(() => (scope = effectScope()))
afterEach(() => scope.stop())

function question() {
  const name = ref<string | null>('Invoice Sent')
  const answers = new DelayedAnswers<string, string>()
  const answer = scope.run(() =>
    useAnswer(
      () => name.value,
      (_client, asked) => answers.ask(asked),
    ),
  )
  if (answer === undefined) throw new Error('the scope has ended')
  return { name, answers, answer }
}

it('drops an answer that comes after a newer question', async () => {
  const { name, answers, answer } = question()
  name.value = 'Order Completed'
  await settled()
  await answers.answer(0, 'of the invoice')
  expect(answer.value.value).toBeNull()
  expect(answer.isLoading.value).toBe(true)
  await answers.answer(1, 'of the order')
  expect(answer.value.value).toBe('of the order')
})

it('keeps the last answer on the screen, and gives it out as current for its own question only', async () => {
  const { name, answers, answer } = question()
  await answers.answer(0, 'of the invoice')
  expect(answer.current.value).toBe('of the invoice')
  name.value = 'Order Completed'
  expect(answer.value.value).toBe('of the invoice')
  expect(answer.current.value).toBeNull()
  await settled()
  await answers.fail(1, new Error('There is no name Order Completed.'))
  expect(answer.value.value).toBe('of the invoice')
  expect(answer.current.value).toBeNull()
})

it('knows nothing any more when nothing is asked', async () => {
  const { name, answers, answer } = question()
  await answers.answer(0, 'of the invoice')
  name.value = null
  await settled()
  expect(answer.value.value).toBeNull()
})
