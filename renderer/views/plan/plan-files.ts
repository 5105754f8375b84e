/** The files as one text: the files of a RudderStack project belong together, as documents of one stream. */
export async function readFiles(files: readonly File[]): Promise<{ name: string; text: string }> {
  const [first] = files
  if (first === undefined) return { name: '', text: '' }
  if (files.length === 1) return { name: first.name, text: await first.text() }
  const texts = await Promise.all(files.map((file) => file.text()))
  return { name: files.map(({ name }) => name).join(' + '), text: texts.join('\n---\n') }
}
