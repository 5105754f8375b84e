import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

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

/** The editor in the tokens of the page, for both themes. */
export const queryLook: Extension = [look, syntaxHighlighting(colours)]
