type Column = 'time' | 'type' | 'name' | 'user' | 'account' | 'problems'

interface Layout {
  columns: readonly Column[]
  /** For `grid-template-columns`. */
  widths: string
}

const widths: Record<Column, string> = {
  time: '96px',
  type: '60px',
  name: 'minmax(0, 1fr)',
  user: 'minmax(0, 130px)',
  account: 'minmax(0, 130px)',
  problems: '60px',
}

/** What has room in so many pixels: the name before all, then the type, then who it was. */
export function columnsFor(pixels: number, who: 'user' | 'account'): Layout {
  const columns: Column[] = ['time']
  if (pixels >= 380) columns.push('type')
  columns.push('name')
  if (pixels >= (who === 'user' ? 500 : 640)) columns.push(who)
  columns.push('problems')
  return { columns, widths: columns.map((column) => widths[column]).join(' ') }
}
