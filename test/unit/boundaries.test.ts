import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { boundaries } from '../../scripts/boundaries.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

// The walls alone, without the type-aware rules: those need each snippet to be a file of the project.
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: boundaries,
})

async function complaints(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: `${root}${filePath}` })
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId ?? message))
}

const walls: [file: string, specifier: string][] = [
  ['shared/lint/rule.ts', 'node:fs'],
  ['shared/lint/rule.ts', 'fs/promises'],
  ['shared/lint/rule.ts', 'electron'],
  ['shared/lint/rule.ts', 'vue'],
  ['shared/lint/rule.ts', '../../electron/engine/options.ts'],
  ['shared/event.ts', '../renderer/lib/format.ts'],
  ['renderer/lib/client.ts', 'node:path'],
  ['renderer/lib/client.ts', 'electron'],
  ['renderer/lib/client.ts', '../../electron/engine/options.ts'],
  ['renderer/lib/client.ts', '../../test/fixtures/calls.ts'],
  ['electron/engine/engine.ts', 'electron'],
  ['electron/engine/engine.ts', 'electron/main'],
  ['electron/engine/engine.ts', '../desktop/window.ts'],
  ['electron/engine/store/append.ts', '../../desktop/window.ts'],
  ['electron/engine/replay/job.ts', '../../cli/serve.ts'],
  ['electron/engine/replay/job.ts', '../../../renderer/app/main.ts'],
  ['electron/engine/replay/job.ts', '../api/server.ts'],
  ['electron/engine/analysis/catalog.ts', '../api/server.ts'],
  ['electron/engine/threads/writer.ts', '../api/server.ts'],
  ['electron/engine/capture/server.ts', '../api/guard.ts'],
  ['electron/engine/capture/server.ts', '../analysis/identity.ts'],
  ['electron/engine/store/append.ts', '../analysis/identity.ts'],
  ['electron/engine/store/queries/events.ts', '../../capture/decode.ts'],
  ['electron/engine/store/append.ts', '../replay/job.ts'],
  ['electron/engine/store/append.ts', '../api/server.ts'],
  ['electron/cli/serve.ts', 'electron'],
  ['electron/cli/serve.ts', '../desktop/window.ts'],
  ['electron/desktop/window.ts', '../cli/serve.ts'],
  ['electron/desktop/window.ts', '../../renderer/app/main.ts'],
]

const doors: [file: string, specifier: string][] = [
  ['shared/lint/rule.ts', '../event.ts'],
  ['shared/contract/contract.ts', '@orpc/contract'],
  ['renderer/lib/client.ts', '../../shared/contract/contract.ts'],
  ['renderer/lib/client.ts', 'vue'],
  ['electron/main.ts', 'electron'],
  ['electron/desktop/engine-entry.ts', '../engine/engine.ts'],
  ['electron/cli/serve.ts', '../engine/engine.ts'],
  ['electron/engine/engine.ts', './api/server.ts'],
  ['electron/engine/engine.ts', 'node:fs'],
  ['electron/engine/threads/writer.ts', '../analysis/analysis.ts'],
  ['electron/engine/capture/server.ts', '../../../shared/contract/errors.ts'],
  ['electron/engine/store/append.ts', './queries/events.ts'],
]

describe('the walls between the parts', () => {
  it.each(walls)('%s may not import %s', async (file, specifier) => {
    expect(await complaints(file, `import '${specifier}'\n`)).toEqual(['no-restricted-imports'])
    expect(await complaints(file, `export * from '${specifier}'\n`)).toEqual(['no-restricted-imports'])
    expect(await complaints(file, `await import('${specifier}')\n`)).toEqual(['no-restricted-syntax'])
  })

  it.each(doors)('%s may import %s', async (file, specifier) => {
    expect(await complaints(file, `import '${specifier}'\nawait import('${specifier}')\n`)).toEqual([])
  })

  it.each(['window', 'document', 'localStorage', 'fetch', 'process', 'Buffer'])(
    'shared/ does not know %s',
    async (name) => {
      expect(await complaints('shared/event.ts', `export const found = ${name}\n`)).toEqual([
        'no-restricted-globals',
      ])
    },
  )

  it.each(['process', 'Buffer', 'require'])('the page does not know %s', async (name) => {
    expect(await complaints('renderer/lib/client.ts', `export const found = ${name}\n`)).toEqual([
      'no-restricted-globals',
    ])
  })
})
