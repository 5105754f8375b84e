/** A path of Windows: its lines are for PowerShell, those of any other for a POSIX shell. */
export const isWindows = (file: string): boolean => /^(?:[a-z]:)?\\/i.test(file)

export const shellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
export const powerShellText = (text: string): string => `'${text.replaceAll("'", "''")}'`
/** For the shell that goes with it. */
export const quoted = (file: string): string => (isWindows(file) ? powerShellText(file) : shellText(file))

export const lines = (...all: string[]): string => all.join('\n')

/** Sets variables for what is started from this shell afterwards. */
export function variables(...pairs: readonly (readonly [name: string, file: string])[]): string {
  return lines(
    ...pairs.map(([name, file]) =>
      isWindows(file) ? `$env:${name} = ${powerShellText(file)}` : `export ${name}=${shellText(file)}`,
    ),
  )
}
