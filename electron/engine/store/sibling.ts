/**
 * The address of a module beside this one, for starting it as a thread or process: `.ts` when the sources run,
 * `.js` when the build does.
 */
export function siblingModule(importMetaUrl: string, name: string): URL {
  const extension = importMetaUrl.endsWith('.ts') ? '.ts' : '.js'
  return new URL(`./${name}${extension}`, importMetaUrl)
}
