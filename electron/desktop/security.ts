import { app, session, shell } from 'electron'
import type { WebContents } from 'electron'

/** A page may write to the clipboard on a click; it is asked of no other page, because no other is ever shown. */
const permitted: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null)

function openInBrowser(url: string): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url)
}

/**
 * Payloads come from anywhere, so the window shows the app and nothing else: no other page, no further window, no
 * webview, no permission. A link to the web goes to the person's own browser.
 */
export function secureContents(appOrigin: () => string | null): void {
  const isApp = (url: string): boolean => appOrigin() !== null && originOf(url) === appOrigin()

  function guard(contents: WebContents): void {
    const refuseElsewhere = (details: Electron.Event<{ url: string; isMainFrame: boolean }>): void => {
      if (isApp(details.url)) return
      details.preventDefault()
      if (details.isMainFrame) openInBrowser(details.url)
    }
    contents.on('will-frame-navigate', refuseElsewhere)
    contents.on('will-redirect', refuseElsewhere)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openInBrowser(url)
      return { action: 'deny' }
    })
  }

  app.on('web-contents-created', (_event, contents) => guard(contents))
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => permitted.has(permission) && isApp(requestingOrigin),
  )
  session.defaultSession.setPermissionRequestHandler((contents, permission, callback) => {
    callback(permitted.has(permission) && isApp(contents.getURL()))
  })
}
