export interface CodeToken {
  kind: 'string' | 'key' | 'number' | 'word' | 'plain'
  text: string
}

const token =
  /(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<number>(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?L?\b)|(?<word>\b(?:true|false|null|nil|None|True|False|import|from|const|await|new|require|use|if|err|package|func|defer|panic|public|static|class|void|module|do|end|def|super)\b)/gi

/** Enough colour for any of the languages, and for JSON; together the tokens are the text. */
export function tokensOfCode(text: string): CodeToken[] {
  const tokens: CodeToken[] = []
  let end = 0
  const plainUpTo = (to: number): void => {
    if (to > end) tokens.push({ kind: 'plain', text: text.slice(end, to) })
  }
  for (const match of text.matchAll(token)) {
    plainUpTo(match.index)
    end = match.index + match[0].length
    const { string, number } = match.groups ?? {}
    const isKey = string !== undefined && /^\s*(?::|=>)/.test(text.slice(end, end + 4))
    const kind = string === undefined ? (number === undefined ? 'word' : 'number') : isKey ? 'key' : 'string'
    tokens.push({ kind, text: match[0] })
  }
  plainUpTo(text.length)
  return tokens
}
