import type { ConfigFile, LintConfigOutput } from '../contract/lint.ts'

/** The configuration in force as a `trackside.json`: all that is set anywhere, whether here or in the file. */
export function configFileText({ config, origins, file }: LintConfigOutput): string {
  const { rules, names, style, allowedNames, words, currency } = config
  const content: ConfigFile = {
    ...(isEmpty(rules) ? {} : { rules }),
    ...(isEmpty(names) ? {} : { names }),
    ...(origins.style === 'default' ? {} : { style }),
    ...(allowedNames.length === 0 ? {} : { allowedNames: [...allowedNames] }),
    ...(words.length === 0 ? {} : { words: [...words] }),
    ...(currency === null ? {} : { currency }),
    ...(file === null || file.plan === null ? {} : { plan: seenFrom(file.path, file.plan) }),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0
}

/** A path as the file would name it: from its own folder where it lies in there. */
function seenFrom(file: string, path: string): string {
  const folder = /^.*[/\\]/.exec(file)?.[0] ?? ''
  return path.startsWith(folder) ? path.slice(folder.length).replaceAll('\\', '/') : path
}
