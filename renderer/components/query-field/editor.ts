import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
  startCompletion,
} from '@codemirror/autocomplete'
import type { Completion } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { HighlightStyle, LRLanguage, LanguageSupport, syntaxHighlighting } from '@codemirror/language'
import { EditorState, Prec } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { queryParser } from '../../../shared/query/index.ts'
import { completeQuery } from './completion.ts'
import type { QueryCompletion } from './completion.ts'
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

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--key)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--string)' },
  {
    tag: [tags.operatorKeyword, tags.logicOperator, tags.compareOperator, tags.paren],
    color: 'var(--number)',
  },
])

const look = EditorView.theme({
  '&': { fontSize: 'var(--size-code)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { overflow: 'hidden', fontFamily: 'var(--font-mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--text)', padding: '0' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--faint)' },
  '.cm-mistake': {
    textDecoration: 'underline wavy var(--error) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    zIndex: '30',
    marginTop: 'var(--space-2)',
    overflow: 'hidden',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-3)',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '320px',
    maxWidth: 'min(620px, 80vw)',
    padding: 'var(--space-1)',
    fontFamily: 'var(--font-mono)',
    fontSize: 'var(--size-label)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: 'var(--space-3)',
    alignItems: 'baseline',
    padding: '5px var(--space-2)',
    borderRadius: 'var(--radius-1)',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionLabel': { flex: 'none', maxWidth: '320px', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionDetail': {
    overflow: 'hidden',
    margin: '0',
    color: 'var(--muted)',
    fontFamily: 'var(--font)',
    fontStyle: 'normal',
    textOverflow: 'ellipsis',
  },
  '.cm-completionExample': { marginLeft: 'auto', color: 'var(--faint)', fontSize: 'var(--size-small)' },
})

function renderExample(completion: Completion): Node | null {
  const { example } = completion as QueryCompletion
  if (example === undefined) return null
  const element = document.createElement('span')
  element.className = 'cm-completionExample'
  element.textContent = example
  return element
}

const completions = autocompletion({
  override: [completeQuery],
  // Enter is for the query as it was typed: a completion is taken only when it was moved to, or with Tab.
  selectOnOpen: false,
  defaultKeymap: false,
  icons: false,
  activateOnCompletion: ({ label, apply }) => apply === undefined && /[:.]$/.test(label),
  addToOptions: [{ render: renderExample, position: 90 }],
})

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
      {
        key: 'Tab',
        run(view) {
          if (completionStatus(view.state) !== 'active') return false
          if (selectedCompletion(view.state) === null) moveCompletionSelection(true)(view)
          return acceptCompletion(view)
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
        syntaxHighlighting(colours),
        look,
        history(),
        completions,
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
