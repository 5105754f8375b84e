import { builtinModules } from 'node:module'
import type { Linter } from 'eslint'

/**
 * Which part may import which: the walls of the house, as ESLint's own rules. Each wall is a pattern on what
 * stands between the quotes of an import; the same pattern also forbids it in a dynamic `import()`.
 */
interface Wall {
  regex: string
  message: string
}

const builtins = builtinModules
  .map((name) => name.replace(/^node:/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|')

const folder = (part: string, message: string): Wall => ({
  regex: `^\\.{1,2}/(?:.*/)?${part}(?:/|$)`,
  message,
})

const walls = {
  node: {
    regex: `^(?:node:.*|(?:${builtins})(?:/.*)?)$`,
    message: 'Only electron/, scripts/ and test/ run in Node.',
  },
  electronPackage: {
    regex: '^electron(?:/|$)',
    message: 'Only electron/main.ts and electron/desktop/ know Electron.',
  },
  vue: { regex: '^(?:vue|vue-router|pinia|reka-ui)(?:/|$)', message: 'Only renderer/ knows Vue.' },
  electronFolder: folder('electron', 'What this needs of electron/ belongs in shared/.'),
  renderer: folder('renderer', 'Nothing but the page imports the page.'),
  development: folder('(?:test|scripts)', 'The product imports neither tests nor scripts.'),
  desktop: folder(
    'desktop',
    'The engine and the command run without Electron: electron/desktop/ is not theirs.',
  ),
  cli: folder('cli', 'The engine knows no command: electron/cli/ imports it, not the other way round.'),
  api: folder('api', 'Only engine.ts imports the API: it is the outermost part.'),
  analysis: folder(
    'analysis',
    'Only the writer thread starts analysis: capture and store know nothing of it.',
  ),
  capture: folder('capture', 'The store is below capture and knows nothing of it.'),
  replay: folder('replay', 'The store is below replay and knows nothing of it.'),
} satisfies Record<string, Wall>

const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  '__dirname',
  '__filename',
  'require',
  'setImmediate',
  'clearImmediate',
]

const pageGlobals = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'screen',
  'self',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'alert',
  'confirm',
  'prompt',
  'requestAnimationFrame',
  'matchMedia',
  'getComputedStyle',
  'customElements',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'Worker',
  'Element',
  'HTMLElement',
  'Image',
]

interface RestrictedGlobal {
  name: string
  message: string
}

const globals = (names: string[], message: string): RestrictedGlobal[] =>
  names.map((name) => ({ name, message }))

function room(name: string, files: string[], forbidden: Wall[], restricted: RestrictedGlobal[] = []) {
  return {
    name: `boundaries/${name}`,
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns: forbidden }],
      'no-restricted-syntax': [
        'error',
        ...forbidden.map(({ regex, message }) => ({
          // In a selector a slash would end the pattern.
          selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\u002F')}/]`,
          message,
        })),
      ],
      'no-restricted-globals': ['error', ...restricted],
    } satisfies Linter.RulesRecord,
  }
}

const outside = [walls.renderer, walls.development, walls.vue]
const engine = [...outside, walls.electronPackage, walls.desktop, walls.cli]

/** In ESLint the last match wins whole, so each room lists all of its walls. */
export const boundaries = [
  room(
    'shared',
    ['shared/**/*.ts'],
    [walls.node, walls.electronPackage, walls.electronFolder, ...outside],
    globals(
      [...nodeGlobals, ...pageGlobals],
      'shared/ runs everywhere, so it knows neither Node nor the page.',
    ),
  ),
  room(
    'renderer',
    ['renderer/**/*.{ts,vue}'],
    [walls.node, walls.electronPackage, walls.electronFolder, walls.development],
    globals(nodeGlobals, 'The page runs in a browser.'),
  ),
  room('desktop', ['electron/main.ts', 'electron/desktop/**/*.ts'], [...outside, walls.cli]),
  room('command', ['electron/cli/**/*.ts'], [...outside, walls.electronPackage, walls.desktop]),
  room('engine', ['electron/engine/**/*.ts'], [...engine, walls.api]),
  room('engine-start', ['electron/engine/engine.ts', 'electron/engine/api/**/*.ts'], engine),
  room('capture', ['electron/engine/capture/**/*.ts'], [...engine, walls.api, walls.analysis]),
  room(
    'store',
    ['electron/engine/store/**/*.ts'],
    [...engine, walls.api, walls.analysis, walls.capture, walls.replay],
  ),
]
