/** Eight colours on which white text reads well (at least 4.5 to 1), in both themes. */
const palette = ['#6d4bf0', '#0d7f70', '#c2410c', '#be185d', '#4f46e5', '#2563eb', '#0e7490', '#4d7c0f']

/** The same colour for the same id, today and tomorrow (FNV-1a). */
export function colourOf(id: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  return palette[(hash >>> 0) % palette.length] ?? '#4f46e5'
}

/** "Jane Cooper" → JC */
export function initialsOf(label: string): string {
  const words = label.match(/[\p{L}\p{N}]+/gu) ?? []
  const [first = '?', ...others] = words
  const last = others.at(-1) ?? ''
  return (Array.from(first)[0] ?? '?').toUpperCase() + (Array.from(last)[0] ?? '').toUpperCase()
}
