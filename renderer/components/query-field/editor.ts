import {
  acceptCompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
  startCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { LRLanguage, LanguageSupport } from '@codemirror/language'
import { EditorState, Prec } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view'
import { queryParser } from '../../../shared/query/index.ts'
import { completions, takeLikeliest } from './completing.ts'
import { queryLook } from './editor-look.ts'
import { mistakeMark } from './mistake-mark.ts'

export interface EditorEvents {
  apply(): void
  leave(): void
  /** By one query back, or forward, in what was asked lately. */
  recall(step: 1 | -1): boolean
  change(text: string): void
  blur(): void
  completing(isOpen: boolean): void
}

const language = new LanguageSupport(LRLanguage.define({ name: 'trackside-query', parser: queryParser }))

function keys({ apply, leave, recall }: EditorEvents): Extension {
  return Prec.highest(
    keymap.of([
      {
        key: 'Enter',
        run(view) {
          if (selectedCompletion(view.state) !== null && acceptCompletion(view)) return true
          closeCompletion(view)
          apply()
          return true
        },
      },
      {
        key: 'Escape',
        run(view) {
          if (!closeCompletion(view)) leave()
          return true
        },
      },
      { key: 'ArrowDown', run: (view) => moveCompletionSelection(true)(view) || recall(-1) },
      { key: 'ArrowUp', run: (view) => moveCompletionSelection(false)(view) || recall(1) },
      { key: 'Ctrl-Space', run: startCompletion },
    ]),
  )
}

/** An editor of one line for the query language. */
export function createEditor(
  parent: HTMLElement,
  text: string,
  { label, placeholder, describedBy }: { label: string; placeholder: string; describedBy: string },
  events: EditorEvents,
): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        language,
        queryLook,
        history(),
        completions,
        takeLikeliest(),
        mistakeMark,
        placeholderText(placeholder),
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-multiline': 'false',
          'aria-describedby': describedBy,
        }),
        // One line, whatever is pasted.
        EditorState.transactionFilter.of((transaction) =>
          transaction.newDoc.lines > 1
            ? [
                {
                  changes: {
                    from: 0,
                    to: transaction.startState.doc.length,
                    insert: oneLine(transaction.newDoc.toString()),
                  },
                },
              ]
            : transaction,
        ),
        keys(events),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) events.change(update.state.doc.toString())
          events.completing(completionStatus(update.state) === 'active')
        }),
        EditorView.domEventHandlers({ blur: () => events.blur() }),
      ],
    }),
  })
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')
