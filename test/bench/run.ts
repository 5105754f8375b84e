import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCapture } from './capture.ts'
import { benchLint } from './lint.ts'
import { printMachine } from './machine.ts'
import { benchMemory } from './memory.ts'
import { benchPeers } from './peers.ts'
import { benchReplay } from './replay.ts'
import { benchScreen } from './screen.ts'

const usage = `Usage: npm run bench -- [PART…] [--events N]

Parts   capture   calls a second beside a bare node:http server, latency, analysis behind it
        peers     the same beside mockttp and mitmdump, where they are installed
        memory    what the engine holds while N events arrive (1,000,000), size of the database,
                  latency beside a query that looks through all of them
        screen    from a call to its row on the page, in a real Chromium
        lint      time for a name, for an event
        replay    events a second beside a bare undici loop
All of them where none is named.`

interface Flags {
  /** For `memory`. */
  events: number
}

const parts: Record<string, (folder: string, flags: Flags) => Promise<void>> = {
  capture: (folder) => benchCapture(folder),
  peers: (folder) => benchPeers(folder),
  memory: (folder, { events }) => benchMemory(folder, events),
  screen: () => benchScreen(),
  lint: () => benchLint(),
  replay: (folder) => benchReplay(folder),
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '1000000' } },
})
const events = Number(values.events)
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0 || !Number.isInteger(events) || events < 1) {
  console.error(usage)
  process.exit(2)
}

printMachine()
const begin = performance.now()
const folder = mkdtempSync(join(tmpdir(), 'trackside-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const [name, bench] of Object.entries(parts)) {
  if (positionals.length === 0 || positionals.includes(name)) await bench(folder, { events })
}
console.log(`\nAll of it took ${Math.round((performance.now() - begin) / 1000)} s.`)
process.exit()
