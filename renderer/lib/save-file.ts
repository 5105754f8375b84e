/** Lets the browser, or the window, save a text as a file where the person wants it. */
export function saveFile(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; it holds on to the content itself.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
