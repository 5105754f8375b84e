import { shallowReactive } from 'vue'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'error'
  /** Milliseconds for which it stays. */
  lifetimeMs: number
  /** "Undo", say. Whatever it does, the toast goes. */
  action?: { label: string; run: () => void } | undefined
  /** Runs when the toast goes without its action having been taken. */
  onExpire?: (() => void) | undefined
}

export const toasts: Toast[] = shallowReactive([])
let lastId = 0

/** Says something at the edge of the page for a while; gives back what takes it away. */
export function showToast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): () => void {
  lastId += 1
  const id = lastId
  toasts.push({
    tone: 'plain',
    lifetimeMs: options.action === undefined ? 4_000 : 8_000,
    ...options,
    id,
    text,
  })
  return () => dismissToast(id)
}

export function dismissToast(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id)
  if (index >= 0) toasts.splice(index, 1)
}
