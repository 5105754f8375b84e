import { median, spread } from './statistics.ts'

/** 12,345: no digits behind the point, because the noise of a machine is larger. */
export function count(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en-US') : '–'
}

export function decimal(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}

export function megabytes(bytes: number): string {
  return Number.isFinite(bytes) ? `${count(bytes / 1024 / 1024)} MB` : '–'
}

/** The median of the rounds with their lowest and highest: `21,345 (19,871–22,004)`. */
export function ofRounds(values: readonly number[], format: (value: number) => string = count): string {
  const { lowest, highest } = spread(values)
  return `${format(median(values))} (${format(lowest)}–${format(highest)})`
}

/** Prints rows under a title; the first column is text, the others stand to the right. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd()
  console.log(`\n${title}`)
  console.log(`  ${line(head)}`)
  console.log(`  ${widths.map((width) => '─'.repeat(width)).join('   ')}`)
  for (const row of rows) console.log(`  ${line(row)}`)
}

export function printNote(text: string): void {
  console.log(`  ${text}`)
}
