/** Of what a request asks for, all before the query. */
export function pathOf(url: string | undefined): string {
  return url?.split('?', 1)[0] ?? '/'
}
