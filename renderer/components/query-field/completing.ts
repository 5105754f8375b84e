import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
} from '@codemirror/autocomplete'
import type { Completion } from '@codemirror/autocomplete'
import { Prec } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { completeQuery } from './completion.ts'
import type { QueryCompletion } from './completion.ts'

function renderExample(completion: Completion): Node | null {
  const { example } = completion as QueryCompletion
  if (example === undefined) return null
  const element = document.createElement('span')
  element.className = 'cm-completionExample'
  element.textContent = example
  return element
}

/** The list of completions, which opens while one types. */
export const completions = autocompletion({
  override: [completeQuery],
  // Enter is for the query as it was typed: a completion is taken only when it was moved to, or with Tab.
  selectOnOpen: false,
  interactionDelay: 0,
  defaultKeymap: false,
  icons: false,
  activateOnCompletion: ({ label, apply }) => apply === undefined && /[:.]$/.test(label),
  addToOptions: [{ render: renderExample, position: 90 }],
})

/** Tab takes the completion that is likeliest; one that is quicker than the engine waits for it. */
export function takeLikeliest(): Extension {
  let isAwaited = false
  const take = (view: EditorView): void => {
    if (selectedCompletion(view.state) === null) moveCompletionSelection(true)(view)
    acceptCompletion(view)
  }
  return [
    Prec.highest(
      keymap.of([
        {
          key: 'Tab',
          run(view) {
            const status = completionStatus(view.state)
            if (status === 'active') take(view)
            isAwaited = status === 'pending'
            return status !== null
          },
        },
      ]),
    ),
    EditorView.updateListener.of(({ docChanged, state, view }) => {
      const status = completionStatus(state)
      if (!isAwaited || status === 'pending') return
      isAwaited = false
      // A listener may not change what it is told of.
      if (status === 'active' && !docChanged) queueMicrotask(() => take(view))
    }),
  ]
}
