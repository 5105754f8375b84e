import { vi } from 'vitest'

// The line to the engine reads both as soon as it is imported, so this has to be imported before it.
vi.stubGlobal('location', new URL('http://127.0.0.1:7358/'))
vi.stubGlobal('sessionStorage', { getItem: () => null })
