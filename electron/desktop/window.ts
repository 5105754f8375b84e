import { BrowserWindow, nativeTheme } from 'electron'
import type { EngineAddress } from '../engine/options.ts'

/** Before the page has drawn, the window is as dark or light as the page will be. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#0d1014' : '#ffffff')

const pageUrl = ({ app, token }: EngineAddress, path = '/'): string => `${app}${path}#token=${token}`

/** The one window, on the app's address. */
export class AppWindow {
  #window: BrowserWindow | null = null
  #address: EngineAddress | null = null

  /** The engine listens here now. A page that is open already finds a restarted engine on the same port by itself. */
  follow(address: EngineAddress): void {
    const hasMoved = this.#address?.app !== address.app || this.#address.token !== address.token
    this.#address = address
    if (this.#window === null) this.#open(address)
    else if (hasMoved) void this.#window.loadURL(pageUrl(address))
  }

  /** Brings the window to the front; opens it where it had been closed, once there is an engine to show. */
  show(): void {
    if (this.#window === null) {
      if (this.#address !== null) this.#open(this.#address)
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Opens a place of the page, such as `/users`, without loading the page anew. */
  go(path: string): void {
    this.show()
    // What a click on a link inside the page does: the address changes, and the router hears of it.
    const script = `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`
    void this.#window?.webContents.executeJavaScript(script)
  }

  #open(address: EngineAddress): void {
    const window = new BrowserWindow({
      name: 'main',
      windowStatePersistence: true,
      width: 1440,
      height: 900,
      minWidth: 800,
      minHeight: 500,
      title: 'Trackside',
      backgroundColor: background(),
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    })
    this.#window = window
    window.once('ready-to-show', () => window.show())
    window.once('closed', () => (this.#window = null))
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && this.#address !== null) void window.loadURL(pageUrl(this.#address))
    })
    void window.loadURL(pageUrl(address))
  }
}
