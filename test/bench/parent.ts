// The other end of `child.ts`: what a module needs that the benchmark starts as a process of its own.

// Nobody is left to listen: whoever started it was killed.
process.on('disconnect', () => process.exit(1))

/** What this process was started with. */
export function inputFromParent<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T
}

export function say(message: unknown): void {
  if (process.send === undefined) throw new Error('This module is started by the benchmark')
  process.send(message)
}

export function onQuestion<T>(answer: (question: T) => void): void {
  process.on('message', (question) => answer(question as T))
}
