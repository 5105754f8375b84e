import { cpSync, existsSync, globSync, rmSync, utimesSync } from 'node:fs'
import { basename } from 'node:path'
import { build as buildPage } from 'vite'
import { isStale } from './freshness.ts'
import { generate, generatedIsStale } from './generate.ts'
import { inProject, root } from './project.ts'
import { runTool } from './run.ts'

interface Part {
  name: string
  isStale: () => boolean
  build: () => Promise<void>
}

async function succeed(exitCode: Promise<number>): Promise<void> {
  if ((await exitCode) !== 0) throw new Error('see above')
}

/**
 * The node side keeps its tree: threads and migrations are looked for beside the module that needs them, in
 * `electron/` and in `dist/electron/` alike. Types are checked by `npm run typecheck`, not here.
 */
async function buildNodeSide(): Promise<void> {
  await succeed(runTool('typescript/bin/tsc', ['-p', 'scripts/tsconfig.build.json']))
  for (const file of globSync('electron/**/*.sql', { cwd: root }))
    cpSync(inProject(file), inProject(`dist/${file}`))
  // Not emptied beforehand: an engine that runs from dist/ would lose its modules under its feet.
  for (const file of globSync('dist/{electron,shared}/**/*.{js,js.map,sql}', { cwd: root })) {
    const source = file.replace(/^dist[/\\]/, '').replace(/\.js(\.map)?$/, '.ts')
    if (!existsSync(inProject(source))) rmSync(inProject(file))
  }
  touch('dist/electron/main.js')
}

const stockScript = 'node_modules/@segment/analytics-next'

/** What the engine serves to pages that load the browser SDK by a snippet: a packaged app has no such package. */
function copyBrowserScript(): void {
  const files = globSync('dist/umd/{standalone,*.bundle.*}.js', { cwd: inProject(stockScript) })
  if (files.length === 0) throw new Error(`${stockScript} has no build for browsers`)
  rmSync(inProject('dist/browser-script'), { recursive: true, force: true })
  for (const file of [...files, 'LICENSE.MD'])
    cpSync(inProject(`${stockScript}/${file}`), inProject(`dist/browser-script/${basename(file)}`))
  touch('dist/browser-script/standalone.js')
}

/** A compiler may leave an unchanged file alone; its time is what says when the build was made. */
function touch(file: string): void {
  const now = new Date()
  utimesSync(inProject(file), now, now)
}

const parts: Part[] = [
  { name: 'parser and dictionary', isStale: generatedIsStale, build: () => succeed(generate()) },
  {
    name: 'node side',
    isStale: () =>
      isStale('dist/electron/main.js', [
        'electron',
        'shared',
        'package.json',
        'tsconfig.json',
        'scripts/tsconfig.build.json',
      ]),
    build: buildNodeSide,
  },
  {
    name: 'browser script',
    isStale: () => isStale('dist/browser-script/standalone.js', ['package.json']),
    build: async () => copyBrowserScript(),
  },
  {
    name: 'page',
    isStale: () =>
      isStale('dist/renderer/index.html', ['renderer', 'shared', 'vite.config.ts', 'package.json']),
    build: async () => {
      await buildPage({ configFile: inProject('vite.config.ts'), logLevel: 'warn' })
    },
  },
]

/** Builds all of `dist/`, or what is missing or older than its sources. Says what it does; throws where it fails. */
export async function build({ onlyStale = false } = {}): Promise<void> {
  for (const part of parts) {
    if (onlyStale && !part.isStale()) continue
    const startedAt = performance.now()
    try {
      await part.build()
    } catch (error) {
      throw new Error(`The ${part.name} could not be built.`, { cause: error })
    }
    console.error(`built the ${part.name} in ${Math.round(performance.now() - startedAt)} ms`)
  }
}

if (import.meta.main) {
  try {
    await build({ onlyStale: process.argv.includes('--only-stale') })
  } catch (error) {
    console.error(error instanceof Error ? `${error.message} ${String(error.cause)}` : error)
    process.exitCode = 1
  }
}
