const longestKey = 100
/** Keys whose words are remembered: the same few come with every event. */
const keyLimit = 5_000
const remembered = new Map<string, readonly string[]>()

/** `totalAmount`, `total_amount` and `Total amount` are `total`, `amount`; `userID2` is `user`, `id2`. */
export function wordsOfKey(key: string): readonly string[] {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const words = key
    .slice(0, longestKey)
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  if (key.length > longestKey) return words
  // Keys made of ids never end; the few that matter are soon known again.
  if (remembered.size >= keyLimit) remembered.clear()
  remembered.set(key, words)
  return words
}
