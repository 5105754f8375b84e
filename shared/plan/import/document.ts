import { LineCounter, isMap, isNode, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Document } from 'yaml'
import { readBrokenJson } from '../../broken-json.ts'
import { indexAlong, lineAndColumn } from '../../json-places.ts'
import type { TextPlace } from '../../json-places.ts'
import type { DocumentPath } from '../plan-fault.ts'

/** What is wrong with a text before anything could be made of it. */
export class BrokenText extends Error {
  readonly place: TextPlace
  override readonly name = 'BrokenText'

  constructor(place: TextPlace, message: string) {
    super(message)
    this.place = place
  }
}

/** Raises BrokenText where it is no JSON. */
export function readJson(text: string): unknown {
  const broken = readBrokenJson(text)
  if (broken !== null) throw new BrokenText(lineAndColumn(text, broken.at), broken.reason)
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
export function placeOf(text: string, path: DocumentPath, language: 'json' | 'yaml'): TextPlace {
  return lineAndColumn(text, language === 'json' ? indexAlong(text, path) : indexInYaml(text, path))
}

function indexInYaml(text: string, [document = 0, ...steps]: DocumentPath): number {
  let index = 0
  let node: unknown = parseAllDocuments(text)[Number(document)]?.contents
  for (const step of [...steps, null]) {
    if (!isNode(node)) break
    index = node.range?.[0] ?? index
    node = step === null ? null : inside(node, step)
  }
  return index
}

function inside(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return node.items[Number(step)]
  if (!isMap(node)) return undefined
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))?.value
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
}
