import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { configFileName } from '../shared/lint-settings/config-file.ts'
import { exampleText, familyTitles, sourceInWords } from '../shared/lint/documentation.ts'
import { ruleFamilies } from '../shared/lint/rule.ts'
import type { Rule, RuleFamily } from '../shared/lint/rule.ts'
import { rules } from '../shared/lint/rules.ts'
import { inProject } from './project.ts'

export const rulePageFile = inProject('docs/rules.md')

const introduction = `# The rules

What Trackside finds in a call, why it matters, and what to write instead. Every rule has a severity of its own; a team
sets another, or switches the rule off, in the page under Settings → Rules or in a \`${configFileName}\` in its
repository, for all names or at one of them:

\`\`\`json
{
  "rules": { "naming/casing": "info", "metadata/none": "off" },
  "names": { "order_completed": { "naming/casing": "off" } }
}
\`\`\`

A change judges what was captured before anew. While Trackside runs, the page shows each rule by its id, as in
\`/rules/naming/casing\`. The examples are calls as an SDK sends them. Rules that look at the past find theirs only
where something came before; their text says what.
`

/** What GitHub makes of a heading that is nothing but the id. */
const anchorOf = ({ id }: Rule): string => `#${id.replaceAll('/', '')}`

const familyOf = ({ id }: Rule): string => id.slice(0, id.indexOf('/'))

/** Text for a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|')

function overview(ofFamily: readonly Rule[]): string {
  const rows = ofFamily.map(
    (rule) => `| [\`${rule.id}\`](${anchorOf(rule)}) | ${rule.severity} | ${cell(rule.title)} |`,
  )
  return ['| rule | severity | what it finds |', '| --- | --- | --- |', ...rows].join('\n')
}

function chapter(rule: Rule): string {
  const example = (title: string, call: Rule['good']): string =>
    `${title}:\n\n\`\`\`json\n${exampleText(call)}\n\`\`\``
  return [
    `### \`${rule.id}\``,
    `**${rule.title}** · ${rule.severity} · ${sourceInWords(rule.source)}`,
    rule.documentation,
    example('Finds', rule.bad),
    example('Leaves alone', rule.good),
    `Switched off in \`${configFileName}\`: \`"rules": { "${rule.id}": "off" }\``,
  ].join('\n\n')
}

function familyPart(family: RuleFamily): string {
  const ofFamily = rules.filter((rule) => familyOf(rule) === family)
  return [`## ${familyTitles[family]}`, overview(ofFamily), ...ofFamily.map(chapter)].join('\n\n')
}

/** The registry of rules as a page of the documentation. */
export async function rulePage(): Promise<string> {
  const text = [introduction, ...ruleFamilies.map(familyPart)].join('\n\n')
  return format(text, { ...(await resolveConfig(rulePageFile)), parser: 'markdown' })
}

if (import.meta.main) writeFileSync(rulePageFile, await rulePage())
