/** Where the page documents a rule. The address leads to the rule’s row in the settings, whose anchor is the id. */
export function placeOfRule(id: string): string {
  return `/rules/${id}`
}
