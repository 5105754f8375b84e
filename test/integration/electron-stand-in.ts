import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'

/**
 * A stand-in for the module `electron`, for machines that have no Electron runtime. It shows nothing and proves
 * nothing about Electron itself; it lets the desktop's own code run and notes what that asks for. What is real here:
 * the engine, in a process of its own, with its ports and its database. test/desktop/ has the tests with Electron.
 */
export class ElectronStandIn {
  readonly app: AppStandIn
  readonly windows: WindowStandIn[] = []
  readonly engines: ChildProcess[] = []
  readonly dialogs: { message: string; detail: string; buttons: string[] }[] = []
  readonly openedOutside: string[] = []
  readonly menu: MenuItem[] = []
  /** Which button is clicked in each dialog to come; a dialog beyond them is closed with its last button. */
  readonly clicks: number[] = []
  permissionCheck: PermissionCheck = () => true
  permissionRequest: PermissionRequest = () => undefined

  constructor({ isFirstInstance = true } = {}) {
    this.app = new AppStandIn(this, isFirstInstance)
  }

  /** What `import … from 'electron'` gives. */
  get module() {
    return {
      app: this.app,
      BrowserWindow: windowsOf(this),
      dialog: {
        showMessageBox: (box: { message: string; detail: string; buttons: string[] }) => {
          this.dialogs.push(box)
          return Promise.resolve({ response: this.clicks.shift() ?? box.buttons.length - 1 })
        },
      },
      Menu: {
        buildFromTemplate: (template: MenuItem[]) => template,
        setApplicationMenu: (template: MenuItem[]) => this.menu.splice(0, Infinity, ...template),
      },
      nativeTheme: { shouldUseDarkColors: true },
      safeStorage: {
        getSelectedStorageBackend: () => 'gnome_libsecret',
        isAsyncEncryptionAvailable: () => Promise.resolve(true),
        encryptStringAsync: (secret: string) => Promise.resolve(Buffer.from(secret).reverse()),
        decryptStringAsync: (sealed: Buffer) =>
          Promise.resolve({ result: Buffer.from(sealed).reverse().toString(), shouldReEncrypt: false }),
      },
      session: {
        defaultSession: {
          setPermissionCheckHandler: (check: PermissionCheck) => (this.permissionCheck = check),
          setPermissionRequestHandler: (request: PermissionRequest) => (this.permissionRequest = request),
        },
      },
      shell: {
        openExternal: (url: string) => Promise.resolve(void this.openedOutside.push(url)),
        openPath: (path: string) => Promise.resolve(void this.openedOutside.push(path)),
      },
      utilityProcess: {
        fork: (modulePath: string, args: string[], { execArgv = [] }: { execArgv?: string[] }) => {
          const parentPort = new URL('./parent-port-stand-in.ts', import.meta.url).href
          const child = fork(modulePath, args, {
            serialization: 'advanced',
            execArgv: [...execArgv, '--import', parentPort],
          })
          this.engines.push(child)
          return {
            postMessage: (message: object) => child.connected && child.send(message),
            kill: () => child.kill(),
            on: (event: string, listener: (value: unknown) => void) => child.on(event, listener),
            once: (event: string, listener: (value: unknown) => void) => child.once(event, listener),
          }
        },
      },
    }
  }
}

type PermissionCheck = (contents: unknown, permission: string, requestingOrigin: string) => boolean
type PermissionRequest = (
  contents: { getURL: () => string },
  permission: string,
  callback: (isGranted: boolean) => void,
) => void

export interface MenuItem {
  label?: string
  role?: string
  accelerator?: string
  click?: () => void
  submenu?: MenuItem[]
}

class Preventable {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

class AppStandIn extends EventEmitter {
  readonly name = 'Trackside'
  hasQuit = false
  isSandboxed = false
  readonly #standIn: ElectronStandIn
  readonly #isFirstInstance: boolean

  constructor(standIn: ElectronStandIn, isFirstInstance: boolean) {
    super()
    this.#standIn = standIn
    this.#isFirstInstance = isFirstInstance
  }

  requestSingleInstanceLock = (): boolean => this.#isFirstInstance
  whenReady = (): Promise<void> => Promise.resolve()
  enableSandbox = (): void => void (this.isSandboxed = true)

  quit(): void {
    for (const window of this.#standIn.windows) window.close()
    const event = new Preventable()
    this.emit('will-quit', event)
    if (event.defaultPrevented) return
    this.hasQuit = true
    this.emit('has-quit')
  }

  async quits(): Promise<void> {
    if (!this.hasQuit) await once(this, 'has-quit')
  }
}

interface WindowOptions {
  webPreferences: Record<string, boolean>
}

class ContentsStandIn extends EventEmitter {
  readonly scripts: string[] = []
  url = ''
  #windowOpenHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  getURL = (): string => this.url
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#windowOpenHandler = handler
  }
  executeJavaScript = (script: string): Promise<void> => Promise.resolve(void this.scripts.push(script))

  /** As if the page did `window.open(url)`: true where a window would open. */
  opensWindow = (url: string): boolean => this.#windowOpenHandler({ url }).action === 'allow'

  /** As if a link to `url` was followed: true where the page would be left. */
  navigates(url: string, event: 'will-frame-navigate' | 'will-redirect' = 'will-frame-navigate'): boolean {
    const details = Object.assign(new Preventable(), { url, isMainFrame: true })
    this.emit(event, details)
    return !details.defaultPrevented
  }

  attachesWebview(): boolean {
    const event = new Preventable()
    this.emit('will-attach-webview', event)
    return !event.defaultPrevented
  }
}

export class WindowStandIn extends EventEmitter {
  readonly webContents = new ContentsStandIn()
  readonly loaded: string[] = []
  readonly options: WindowOptions
  focused = 0
  #isMinimized = false
  #isClosed = false

  constructor(standIn: ElectronStandIn, options: WindowOptions) {
    super()
    this.options = options
    standIn.windows.push(this)
    standIn.app.emit('web-contents-created', {}, this.webContents)
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    this.webContents.url = url
    this.emit('ready-to-show')
    return Promise.resolve()
  }

  minimize = (): void => void (this.#isMinimized = true)
  isMinimized = (): boolean => this.#isMinimized
  restore = (): void => void (this.#isMinimized = false)
  show = (): void => undefined
  focus = (): void => void (this.focused += 1)

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.emit('closed')
  }
}

const windowsOf = (standIn: ElectronStandIn) =>
  class extends WindowStandIn {
    constructor(options: WindowOptions) {
      super(standIn, options)
    }
  }
