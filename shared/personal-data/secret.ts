import { wordSet } from '../lint/words/word-set.ts'

/** What is said about a password instead of the password. */
const statements = wordSet(`
  true false yes no none null undefined nil n/a na empty missing required invalid valid wrong correct incorrect weak fair medium good
  strong very-strong short long expired reset changed updated created forgot forgotten set unset hidden masked redacted removed filtered
  encrypted hashed email phone sms password magic-link sso oauth google facebook apple github passkey required optional enabled disabled
  success failure failed ok error mismatch match unknown other login signup
`)

/** Any text that could be a password: not a statement about one, and not already masked. */
export function isPasswordLike(text: string): boolean {
  const value = text.trim()
  if (value.length < 4 || value.length > 500) return false
  return !statements.has(value.toLowerCase()) && !isMasked(value)
}

/** Asterisks, dots, `[REDACTED]`, `<hidden>`, `{{password}}`: somebody has seen to it already. */
function isMasked(text: string): boolean {
  return /^[*•●xX.#_-]+$/.test(text) || /^(?:\[.*\]|<.*>|\{.*\}|\(.*\)|%.*%|\$\{?\w+\}?)$/.test(text)
}

/** Whether a machine made it: long, without spaces, and of several kinds of characters. Words and names are not. */
export function isRandom(text: string): boolean {
  const value = text.trim().replace(/^(?:Bearer|Basic|Token) +/i, '')
  if (value.length < 16 || value.length > 5_000 || /\s/.test(value) || isMasked(value)) return false
  if (!/\d/.test(value) && !(/[a-z]/.test(value) && /[A-Z]/.test(value))) return false
  if (/^https?:/i.test(value) || /^\d{4}-\d\d-\d\d/.test(value)) return false
  // `order-confirmation-2024`: words between separators.
  const parts = value.split(/[-_.]/)
  return !parts.every((part) => /^(?:[A-Za-z]?[a-z]*|\d{1,4}|[A-Z]+)$/.test(part))
}
