import { setFlagsFromString } from 'node:v8'

/**
 * Flags of Node for the process of an engine. How large the young part of a heap may become is settled when the process
 * begins. By itself V8 gives the main thread twice as much: with large bodies it then holds 50 MB more, most of it
 * bodies that are long answered, and is no faster. With 4 MB, collecting takes a fifth of a flood.
 */
export const engineFlags: readonly string[] = ['--max-semi-space-size=8']

/** Per cent of what is alive after a collection. */
const growth = 50

/**
 * Has each thread collect its garbage once the old part of its heap has grown by half. By itself V8 lets it grow to
 * four times what is alive, in each thread on its own, and a few huge bodies then leave hundreds of megabytes that
 * nothing refers to and nothing collects. Asked for before the threads start; it holds for those that run as well.
 */
export function boundGarbage(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`)
}
