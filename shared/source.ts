/**
 * The source that a write key names: what stands before its first colon. Behind it is a secret, in Jitsu's `id:secret`
 * as in `Authorization: Basic`, which nobody is to see; and one key names one source, wherever an SDK puts it.
 */
export function sourceOf(writeKey: string): string {
  return writeKey.split(':', 1)[0] ?? ''
}
