import { Argument } from 'commander'
import type { Command } from 'commander'
import { nearest } from '../../shared/nearest.ts'

/**
 * Gives a command its query, from all words that are not flags: `events type:track -source:web --limit 5`. One dash
 * is the language's own, two are a flag's; a flag that the command does not have must not become part of a query.
 */
export function withQuery(command: Command, name: '[query...]' | '<query...>', about: string): Command {
  const argument = new Argument(name, about).argParser((word: string, before?: string): string => {
    if (!isQueryWord(command, word)) return before ?? ''
    return before === undefined || before === '' ? word : `${before} ${word}`
  })
  if (!argument.required) argument.default('', 'everything')
  return command.allowUnknownOption().addArgument(argument)
}

/** Whether a word behind a command is part of its query; ends the process at a flag that the command does not have. */
export function isQueryWord(command: Command, word: string): boolean {
  if (word === '--') return false
  if (word.startsWith('--')) refuse(command, word.split('=', 1)[0] ?? word)
  return true
}

function refuse(command: Command, flag: string): never {
  const known = command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : []))
  const near = nearest(flag, known)
  return command.error(`error: unknown option '${flag}'${near === null ? '' : `. Did you mean ${near}?`}`)
}
