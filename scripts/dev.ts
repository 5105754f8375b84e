import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { createServer } from 'vite'
import type { ProxyOptions, ViteDevServer } from 'vite'
import { engineEnvironment, engineFlags } from '../electron/engine/memory.ts'
import type { EngineAddress } from '../electron/engine/options.ts'
import { generate, generatedIsStale } from './generate.ts'
import { inProject, root } from './project.ts'

/** Takes `/api` to the engine as if the page came from there: its guard lets nothing else in. */
function proxyToEngine(app: string): ProxyOptions {
  return {
    target: app,
    changeOrigin: true,
    ws: true,
    configure(proxy) {
      proxy.on('proxyReq', (request) => request.setHeader('origin', app))
      proxy.on('proxyReqWs', (request) => request.setHeader('origin', app))
    },
  }
}

/** The page under Vite: one server that follows the engine to wherever it listens. */
class DevelopmentPage {
  #server: ViteDevServer | null = null
  #app = ''

  /** Gives back the page's address, without the token. */
  async follow({ app }: EngineAddress): Promise<string> {
    if (this.#server === null || this.#app !== app) {
      await this.close()
      this.#app = app
      const server = await createServer({
        configFile: inProject('vite.config.ts'),
        server: { host: '127.0.0.1', port: 7350, proxy: { '/api': proxyToEngine(app) } },
      })
      this.#server = await server.listen()
    }
    return this.#server.resolvedUrls?.local[0] ?? ''
  }

  async close(): Promise<void> {
    await this.#server?.close()
    this.#server = null
  }
}

if (generatedIsStale()) await generate()

// --watch alone follows what the main thread imports; the threads' modules and the migrations are in the folders.
const watched = ['--watch', '--watch-preserve-output', '--watch-path=electron', '--watch-path=shared']
const engineProcess = spawn(
  process.execPath,
  [...engineFlags, ...watched, 'electron/cli/main.ts', 'serve', '--json', ...process.argv.slice(2)],
  { cwd: root, env: { ...process.env, ...engineEnvironment }, stdio: ['ignore', 'pipe', 'inherit'] },
)
const page = new DevelopmentPage()

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    engineProcess.kill('SIGTERM')
    void page.close()
  })
}
engineProcess.once('exit', (code) => {
  process.exitCode = code ?? 0
  void page.close()
})

for await (const line of createInterface({ input: engineProcess.stdout })) {
  if (!line.startsWith('{')) {
    console.log(line)
    continue
  }
  const engine = JSON.parse(line) as EngineAddress
  console.log(`page     ${await page.follow(engine)}#token=${engine.token}\ncapture  ${engine.capture}`)
}
