import { fileURLToPath } from 'node:url'

/** The built page: beside `electron/` in the built product, under `dist/` where the sources run. */
export const pageFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/renderer' : '../../renderer', import.meta.url),
)
