import '../renderer/browser-tab.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import type { EffectScope } from 'vue'
import { useTimelinePages } from '../../../renderer/components/timeline/timeline-pages.ts'
import type { EventPage } from '../../../shared/contract/schemas.ts'
import { DelayedAnswers, settled } from '../renderer/delayed-answers.ts'
import { storyEvent } from '../renderer/story-event.ts'

let scope: EffectScope

beforeEach(() => (scope = effectScope()))
afterEach(() => scope.stop())

const page = (ids: number[], nextCursor: string | null = null): EventPage => ({
  events: ids.map((id) => storyEvent({ id })),
  nextCursor,
  total: ids.length,
  upTo: ids[0] ?? 0,
})

function timeline() {
  const query = ref('')
  const answers = new DelayedAnswers<{ query: string; cursor?: string | undefined }, EventPage>()
  const pages = scope.run(() =>
    useTimelinePages(
      () => ({ id: 'usr_42', query: query.value, order: 'desc' }),
      (_client, asked) => answers.ask({ query: asked.query, cursor: asked.cursor }),
      () => null,
      () => null,
    ),
  )
  if (pages === undefined) throw new Error('the scope has ended')
  return { query, answers, pages, ids: () => pages.events.value.map(({ id }) => id) }
}

it('drops older events of another query', async () => {
  const { query, answers, pages, ids } = timeline()
  await answers.answer(0, page([9, 8], 'behind 8'))
  void pages.more()
  await settled()
  query.value = 'type:page'
  await settled()
  await answers.answer(1, page([7, 6]))
  expect(ids()).toEqual([9, 8])
  await answers.answer(2, page([5]))
  expect(ids()).toEqual([5])
  expect(pages.hasMore.value).toBe(false)
})

it('never asks the new query from the end of the events of the last one', async () => {
  const { query, answers, pages } = timeline()
  await answers.answer(0, page([9, 8], 'behind 8'))
  query.value = 'type:page'
  await settled()
  void pages.more()
  await settled()
  expect(answers.asked).toEqual([
    { query: '', cursor: undefined },
    { query: 'type:page', cursor: undefined },
  ])
})

it('says nothing of older events of another query that could not be had', async () => {
  const { query, answers, pages } = timeline()
  await answers.answer(0, page([9, 8], 'behind 8'))
  void pages.more()
  await settled()
  query.value = 'type:page'
  await settled()
  await answers.fail(1, new Error('The cursor is not one that a page of this list gave out.'))
  expect(pages.failure.value).toBeNull()
})
