import { showToast } from './toasts.ts'

/** Copies, and says so: `what` is the thing by its name, "the payload". */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast(`Copied ${what}.`)
  } catch {
    showToast(`The browser does not let this page copy ${what}: mark the text and copy it by hand.`, {
      tone: 'error',
    })
  }
}
