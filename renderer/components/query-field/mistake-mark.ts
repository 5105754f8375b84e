import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'
import type { DecorationSet } from '@codemirror/view'

export interface Place {
  from: number
  to: number
}

/** Underlines what a mistake is about; null takes the line away. */
export const markMistake = StateEffect.define<Place | null>()

const line = Decoration.mark({ class: 'cm-mistake' })

export const mistakeMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let after = marks.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(markMistake)) after = marksOf(effect.value, transaction.newDoc.length)
    }
    return after
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Where something is missing there is nothing to underline, so the character before it is. */
function marksOf(place: Place | null, length: number): DecorationSet {
  if (place === null || length === 0) return Decoration.none
  const to = Math.max(1, Math.min(length, place.to))
  return Decoration.set(line.range(Math.min(place.from, to - 1), to))
}
