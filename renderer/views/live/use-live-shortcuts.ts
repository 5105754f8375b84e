import { useShortcuts } from '../../lib/shortcuts.ts'

export interface LiveActions {
  focusQuery(): void
  togglePause(): void
  replay(): void
  pick(): void
  mark(): void
  walk(direction: 'up' | 'down'): void
  back(): void
}

export function useLiveShortcuts(actions: LiveActions): void {
  useShortcuts([
    { keys: '/', label: 'Write a query', group: 'List', run: actions.focusQuery },
    { keys: 'Space', label: 'Pause, go on', group: 'List', run: actions.togglePause },
    { keys: 'r', label: 'Replay', group: 'List', run: actions.replay },
    { keys: 'x', label: 'Select one more', group: 'List', run: actions.pick },
    { keys: 'm', label: 'Mark', group: 'List', run: actions.mark },
    { keys: '[', label: 'Previous problem', group: 'List', run: () => actions.walk('up') },
    { keys: ']', label: 'Next problem', group: 'List', run: () => actions.walk('down') },
    { keys: 'Escape', label: 'Back', group: 'List', run: actions.back },
  ])
}
