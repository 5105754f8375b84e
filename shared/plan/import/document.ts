import { LineCounter, isCollection, parseAllDocuments, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import { readBrokenJson } from '../../broken-json.ts'
import type { DocumentPath } from '../plan-fault.ts'

/** A place in a text as an editor shows it: both from 1. */
export interface Place {
  line: number
  column: number
}

/** What is wrong with a text before anything could be made of it. */
export class BrokenText extends Error {
  readonly place: Place
  override readonly name = 'BrokenText'

  constructor(place: Place, message: string) {
    super(message)
    this.place = place
  }
}

export function placeAt(text: string, index: number): Place {
  const before = text.slice(0, index)
  const line = before.split('\n').length
  return { line, column: index - before.lastIndexOf('\n') }
}

/** Raises BrokenText where it is no JSON. */
export function readJson(text: string): unknown {
  const broken = readBrokenJson(text)
  if (broken !== null) throw new BrokenText(placeAt(text, broken.at), broken.reason)
  return JSON.parse(text)
}

/** Levels of aliases that are followed, so that a few lines can't stand for gigabytes. */
const aliasLimit = 100

/** The documents of a YAML text. Raises BrokenText where it is none. */
export function readYaml(text: string): unknown[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  if (!Array.isArray(documents)) return []
  return documents.map((document: Document) => {
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      throw new BrokenText({ line, column: col }, lowerFirst(error.message))
    }
    try {
      return document.toJS({ maxAliasCount: aliasLimit }) as unknown
    } catch (cause) {
      throw new BrokenText(
        { line: 1, column: 1 },
        lowerFirst(cause instanceof Error ? cause.message : String(cause)),
      )
    }
  })
}

/**
 * Where the value of a path stands in a text of JSON or YAML; the nearest place above it where it is missing. The
 * first step of a path into YAML is the number of the document.
 */
export function placeOf(text: string, path: DocumentPath, language: 'json' | 'yaml'): Place {
  // JSON is YAML too, and this parser remembers where everything stood.
  const documents =
    language === 'json' ? [parseDocument(text, { uniqueKeys: false })] : parseAllDocuments(text)
  const [first, ...rest] = path
  const document = language === 'json' || typeof first !== 'number' ? documents[0] : documents[first]
  const inside = language === 'json' ? [...path] : rest
  for (; inside.length > 0; inside.pop()) {
    const node: unknown = isCollection(document?.contents) ? document.contents.getIn(inside, true) : undefined
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return placeAt(text, Number(node.range[0]))
  }
  return placeAt(text, document?.contents?.range?.[0] ?? 0)
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
}
