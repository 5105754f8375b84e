import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Status } from '../../shared/contract/schemas.ts'
import { ElectronStandIn } from './electron-stand-in.ts'
import type { MenuItem, WindowStandIn } from './electron-stand-in.ts'

let data: string
let electron: ElectronStandIn
const argv = process.argv
const cleanups: (() => unknown)[] = []

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'trackside-desktop-'))
})

afterEach(async () => {
  if (!electron.app.hasQuit) electron.app.quit()
  await electron.app.quits()
  for (const cleanup of cleanups.splice(0)) await cleanup()
  process.argv = argv
  rmSync(data, { recursive: true, force: true })
})

/** Starts electron/main.ts with the stand-in; the engine is the real one, in a process of its own. */
async function launch(standIn: ElectronStandIn, ...flags: string[]): Promise<void> {
  electron = standIn
  process.argv = ['electron', '.', '--data', data, '--port', '0', '--app-port', '0', ...flags]
  vi.resetModules()
  vi.doMock('electron', () => standIn.module)
  await import('../../electron/main.ts')
}

async function openedWindow(): Promise<WindowStandIn> {
  return vi.waitFor(
    () => {
      const [window] = electron.windows
      if (window?.loaded[0] === undefined)
        throw new Error(`no window yet, ${JSON.stringify(electron.dialogs)}`)
      return window
    },
    { timeout: 10_000, interval: 25 },
  )
}

function addressOf(window: WindowStandIn): { app: string; token: string } {
  const url = new URL(window.loaded.at(-1) ?? '')
  return { app: url.origin, token: url.hash.replace('#token=', '') }
}

type ShownStatus = Pick<Status, 'capture' | 'events'>

async function status(window: WindowStandIn): Promise<ShownStatus> {
  const { app, token } = addressOf(window)
  const response = await fetch(`${app}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  return (await response.json()) as ShownStatus
}

async function capture(url: string, event: string): Promise<void> {
  const response = await fetch(`${url}/v1/track`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writeKey: 'web', event, userId: '42' }),
  })
  expect(response.status).toBe(200)
}

/** Takes a port on 127.0.0.1 whose successor is most likely free. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(() => server.close())
  return (server.address() as AddressInfo).port
}

describe('the window', () => {
  it('is one, sandboxed, on the app’s address, with a token that the engine takes', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    expect(electron.windows).toHaveLength(1)
    expect(electron.app.isSandboxed).toBe(true)
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
    expect(window.options.webPreferences).not.toHaveProperty('preload')
    expect((await status(window)).events).toBe(0)
  })

  it('stays on the app: links elsewhere go to the browser, and only over https', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    const { app } = addressOf(window)
    expect(window.webContents.navigates(`${app}/users`)).toBe(true)
    expect(window.webContents.navigates('https://segment.com/docs')).toBe(false)
    expect(window.webContents.navigates('http://127.0.0.1:1/')).toBe(false)
    expect(window.webContents.navigates('file:///etc/passwd')).toBe(false)
    expect(window.webContents.navigates('https://segment.com/login', 'will-redirect')).toBe(false)
    expect(window.webContents.attachesWebview()).toBe(false)
    expect(electron.openedOutside).toEqual(['https://segment.com/docs', 'https://segment.com/login'])
  })

  it('opens no further window, and hands only https links to the system', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    for (const url of [
      'https://example.com/a',
      'http://example.com/',
      'javascript:alert(1)',
      'smb://host/share',
    ]) {
      expect(window.webContents.opensWindow(url)).toBe(false)
    }
    expect(electron.openedOutside).toEqual(['https://example.com/a'])
  })

  it('grants the page the clipboard to write, and nobody anything else', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    const { app } = addressOf(window)
    const isGranted = (permission: string, url: string): boolean => {
      let granted: boolean | null = null
      electron.permissionRequest({ getURL: () => url }, permission, (answer) => (granted = answer))
      return granted === true && electron.permissionCheck(null, permission, url)
    }
    expect(isGranted('clipboard-sanitized-write', app)).toBe(true)
    expect(isGranted('clipboard-sanitized-write', 'https://example.com')).toBe(false)
    for (const permission of ['clipboard-read', 'geolocation', 'media', 'notifications', 'openExternal']) {
      expect(isGranted(permission, app)).toBe(false)
    }
  })

  it('follows the menu to a view without loading the page anew', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    const items = (menu: MenuItem[]): MenuItem[] =>
      menu.flatMap((item) => [item, ...items(item.submenu ?? [])])
    const click = (label: string): void =>
      items(electron.menu)
        .find((item) => item.label === label)
        ?.click?.()
    click('Users')
    expect(window.loaded).toHaveLength(1)
    expect(window.webContents.scripts.at(-1)).toContain('"/users"')
    click('Open the Data Directory')
    expect(electron.openedOutside).toEqual([data])
  })
})

describe('a second start', () => {
  it('brings the window of the first to the front', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    window.minimize()
    electron.app.emit('second-instance')
    expect(window.isMinimized()).toBe(false)
    expect(window.focused).toBe(1)
    expect(electron.windows).toHaveLength(1)
  })

  it('ends itself, with no window and no engine', async () => {
    await launch(new ElectronStandIn({ isFirstInstance: false }))
    await electron.app.quits()
    expect(electron.windows).toHaveLength(0)
    expect(electron.engines).toHaveLength(0)
  })

  it('on a data directory that another engine holds says which one, and quits', async () => {
    await launch(new ElectronStandIn())
    await openedWindow()
    const first = electron
    cleanups.push(async () => {
      first.app.quit()
      await first.app.quits()
    })
    await launch(new ElectronStandIn())
    await electron.app.quits()
    expect(electron.windows).toHaveLength(0)
    expect(electron.dialogs).toHaveLength(1)
    expect(electron.dialogs[0]?.detail).toContain('is already running on')
  })
})

describe('the engine', () => {
  it('is started again after a crash, on the same address, with what was captured', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    const before = await status(window)
    await capture(before.capture.url, 'Invoice Sent')
    electron.engines[0]?.kill('SIGKILL')
    await vi.waitFor(() => expect(electron.engines).toHaveLength(2), { timeout: 10_000 })
    const after = await vi.waitFor(() => status(electron.windows[0] ?? window), {
      timeout: 20_000,
      interval: 100,
    })
    expect(after.events).toBe(1)
    expect(electron.windows).toHaveLength(1)
    expect(electron.dialogs).toHaveLength(0)
  })

  it('that keeps crashing is not hidden: the app says so and asks', async () => {
    const standIn = new ElectronStandIn()
    electron = standIn
    vi.resetModules()
    vi.doMock('electron', () => standIn.module)
    const { KeptEngine } = await import('../../electron/desktop/kept-engine.ts')
    const engine = new KeptEngine(
      { port: 0, appPort: 0, host: '127.0.0.1', data },
      {
        onAddress: () => standIn.engines.at(-1)?.kill('SIGKILL'),
        onLost: () => standIn.app.quit(),
      },
      [1, 1],
    )
    await engine.start()
    await standIn.app.quits()
    expect(standIn.engines).toHaveLength(3)
    expect(standIn.dialogs).toHaveLength(1)
    expect(standIn.dialogs[0]).toMatchObject({
      message: 'Trackside has stopped capturing.',
      buttons: ['Start again', 'Quit'],
    })
  })

  it('stops cleanly before the app quits', async () => {
    await launch(new ElectronStandIn())
    const window = await openedWindow()
    const { capture: listening } = await status(window)
    await capture(listening.url, 'Invoice Paid')
    electron.app.quit()
    expect(electron.app.hasQuit).toBe(false)
    await electron.app.quits()
    expect(electron.engines.map(({ exitCode }) => exitCode)).toEqual([0])
    await expect(fetch(`${listening.url}/v1/track`)).rejects.toThrow()
  })

  it('is offered the next free port where its own is taken', async () => {
    const taken = await takenPort()
    const standIn = new ElectronStandIn()
    standIn.clicks.push(0)
    await launch(standIn, '--port', String(taken))
    const window = await openedWindow()
    expect(standIn.dialogs[0]?.message).toBe(`Port ${taken} is taken by another process.`)
    const port = Number(new URL((await status(window)).capture.url).port)
    expect(port).toBeGreaterThan(taken)
    expect(standIn.dialogs[0]?.buttons).toEqual([`Use ${port}`, 'Quit'])
  })

  it('is offered another port for https, too, and tells where it speaks it', async () => {
    const taken = await takenPort()
    const standIn = new ElectronStandIn()
    standIn.clicks.push(0)
    await launch(standIn, '--https', '--https-port', String(taken))
    const { capture: at } = await status(await openedWindow())
    expect(standIn.dialogs[0]?.message).toBe(`Port ${taken} is taken by another process.`)
    expect(standIn.dialogs[0]?.detail).toContain(String(at.https?.url))
  })

  it('is not started on another port against the person’s will', async () => {
    const taken = await takenPort()
    const standIn = new ElectronStandIn()
    standIn.clicks.push(1)
    await launch(standIn, '--app-port', String(taken))
    await standIn.app.quits()
    expect(standIn.windows).toHaveLength(0)
    expect(standIn.dialogs[0]?.detail).toContain('nothing else changes')
  })
})
