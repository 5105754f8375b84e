import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { EffectScope } from 'vue'
import { useTypedText } from '../../../renderer/lib/typed-text.ts'

let scope: EffectScope

beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

const field = (start = '') => {
  const value = ref(start)
  const text = scope.run(() => useTypedText(value))
  if (text === undefined) throw new Error('the scope has ended')
  return { value, ...text }
}

async function type(typed: { value: string }, text: string): Promise<void> {
  typed.value = text
  await nextTick()
}

it('becomes the value once typing rests', async () => {
  const { value, typed } = field()
  await type(typed, 'inv')
  vi.advanceTimersByTime(100)
  await type(typed, 'invoice ')
  vi.advanceTimersByTime(100)
  expect(value.value).toBe('')
  vi.advanceTimersByTime(100)
  expect(value.value).toBe('invoice')
  await nextTick()
  expect(typed.value).toBe('invoice ')
})

it('keeps what was typed on while the value was still on its way', async () => {
  const { value, typed } = field()
  await type(typed, 'invoic')
  vi.advanceTimersByTime(150)
  expect(value.value).toBe('invoic')
  // Before anybody has seen the value arrive.
  typed.value = 'invoice'
  await nextTick()
  expect(typed.value).toBe('invoice')
  vi.advanceTimersByTime(150)
  expect(value.value).toBe('invoice')
})

it('follows the value when that changes by itself', async () => {
  const { value, typed } = field('invoice')
  value.value = 'order'
  await nextTick()
  expect(typed.value).toBe('order')
})

it('is cleared at once, and sets nothing after its view has gone', async () => {
  const { value, typed, clear } = field('invoice')
  clear()
  expect(value.value).toBe('')
  await type(typed, 'order')
  scope.stop()
  vi.advanceTimersByTime(1000)
  expect(value.value).toBe('')
})
