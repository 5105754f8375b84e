import { app } from 'electron'
import { KeptEngine } from './desktop/kept-engine.ts'
import { launchOptions } from './desktop/launch-options.ts'
import { setMenu } from './desktop/menu.ts'
import { stopBeforeQuit } from './desktop/quitting.ts'
import { secureContents } from './desktop/security.ts'
import { claimSingleInstance } from './desktop/single-instance.ts'
import { AppWindow } from './desktop/window.ts'

const window = new AppWindow()
const engine = new KeptEngine(launchOptions(process.argv.slice(1)), {
  onAddress: (address) => window.follow(address),
  onLost: () => app.quit(),
})

function start(): Promise<void> {
  secureContents(() => engine.address?.app ?? null)
  setMenu({ go: (path) => window.go(path), data: () => engine.address?.data ?? null })
  app.on('activate', () => window.show())
  return engine.start()
}

if (claimSingleInstance(() => window.show())) {
  app.enableSandbox()
  stopBeforeQuit(() => engine.stop())
  void app.whenReady().then(start)
} else {
  app.quit()
}
