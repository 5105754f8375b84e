import { onScopeDispose, shallowReactive } from 'vue'
import { tinykeys } from 'tinykeys'

export interface Shortcut {
  /** As tinykeys writes it: `j`, `g l`, `$mod+k`, `Shift+?`. */
  keys: string
  /** What it does, for the overview: "Next event". */
  label: string
  run: (event: KeyboardEvent) => void
  /** Under which heading of the overview it stands. */
  group: 'Everywhere' | 'Go to' | 'List' | 'Event' | 'Replay'
  /** Also works while somebody types in a field. */
  whileTyping?: boolean
}

const registered = shallowReactive<Shortcut[]>([])
let unlisten: () => void = () => undefined

/** All that can be pressed right now, in the order in which it was offered. */
export const shortcuts: readonly Shortcut[] = registered

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Enter and Space belong to the button or link that has the focus. */
const belongsToControl = (event: KeyboardEvent): boolean =>
  (event.key === 'Enter' || event.key === ' ') &&
  event.target instanceof HTMLElement &&
  event.target.closest(
    'button, a, summary, [role="tab"], [role="menuitem"], [role="checkbox"], [role="switch"]',
  ) !== null

const modals = '[role="dialog"], [role="alertdialog"], [role="menu"]'
let wasModal = false
// Before anybody else hears of the key: a dialog that Esc closes is gone when the shortcuts are asked.
addEventListener(
  'keydown',
  () => {
    wasModal = document.querySelector(modals) !== null
  },
  { capture: true },
)

function listen(): void {
  unlisten()
  const byKeys = new Map<string, Shortcut>()
  // What was offered last wins: the view in front of the page, the dialog in front of the view.
  for (const shortcut of registered) byKeys.set(shortcut.keys, shortcut)
  // The longest first: who presses `g c` wants to go there, and not to copy as well.
  const ordered = [...byKeys.values()].sort((a, b) => b.keys.split(' ').length - a.keys.split(' ').length)
  unlisten = tinykeys(
    window,
    Object.fromEntries(
      ordered.map((shortcut) => [
        shortcut.keys,
        (event: KeyboardEvent) => {
          if (event.defaultPrevented || wasModal) return
          if (isTyping(event) && shortcut.whileTyping !== true) return
          if (belongsToControl(event)) return
          event.preventDefault()
          shortcut.run(event)
        },
      ]),
    ),
  )
}

/** Offers shortcuts for as long as the component is there. */
export function useShortcuts(offered: Shortcut[]): void {
  registered.push(...offered)
  listen()
  onScopeDispose(() => {
    for (const shortcut of offered) registered.splice(registered.indexOf(shortcut), 1)
    listen()
  })
}

/** How a key is written on this machine: ⌘K on a Mac, Ctrl K elsewhere. */
export function keyCaps(keys: string): string[] {
  const isMac = /Mac|iP/.test(navigator.platform)
  const names: Record<string, string> = {
    $mod: isMac ? '⌘' : 'Ctrl',
    ArrowDown: '↓',
    ArrowUp: '↑',
    Escape: 'Esc',
    Space: 'space',
  }
  return keys
    .split(/[ +]/)
    .filter((key) => key !== 'Shift' || !keys.endsWith('?'))
    .map((key) => names[key] ?? key)
}
