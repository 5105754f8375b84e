import { app, Menu, shell } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

const views: readonly [label: string, path: string][] = [
  ['Live', '/'],
  ['Users', '/users'],
  ['Accounts', '/accounts'],
  ['Catalog', '/catalog'],
  ['Problems', '/problems'],
  ['Replay', '/replay'],
  ['Connect', '/connect'],
]

interface MenuActions {
  go: (path: string) => void
  /** The data directory; null as long as no engine runs. */
  data: () => string | null
}

/** The menu as each platform has it: on a Mac, the app's own menu comes first and holds Settings and Quit. */
export function setMenu({ go, data }: MenuActions): void {
  const isMac = process.platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => go('/settings'),
  }
  const appMenu: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  const fileMenu: MenuItemConstructorOptions = {
    label: '&File',
    submenu: isMac ? [{ role: 'close' }] : [settings, { type: 'separator' }, { role: 'quit' }],
  }
  const viewMenu: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      ...views.map(([label, path], index) => ({
        label,
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => go(path),
      })),
      { type: 'separator' },
      { role: 'reload' },
      { role: 'toggleDevTools' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  const helpMenu: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { label: 'Connect an SDK', click: () => go('/connect') },
      {
        label: 'Open the Data Directory',
        click: () => {
          const directory = data()
          if (directory !== null) void shell.openPath(directory)
        },
      },
      ...(isMac ? [] : [{ type: 'separator' } as const, { role: 'about' } as const]),
    ],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [appMenu] : []),
      fileMenu,
      { role: 'editMenu' },
      viewMenu,
      { role: 'windowMenu' },
      helpMenu,
    ]),
  )
}
