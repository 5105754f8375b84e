import { app } from 'electron'

/** Before the app goes, the engine finishes what is under way and closes the database. */
export function stopBeforeQuit(stop: () => Promise<void>): void {
  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void stop().finally(() => {
      isStopped = true
      app.quit()
    })
  })
  // On a Mac an app outlives its window, and this one keeps capturing.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}
