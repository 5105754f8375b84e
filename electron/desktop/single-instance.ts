import { app } from 'electron'

/**
 * True for the first instance, which from then on hears of each further one; those only wake the first and end.
 * Two engines on one data directory would be refused anyway, but a person wants the window, not the reason.
 */
export function claimSingleInstance(onSecond: () => void): boolean {
  const isFirst = app.requestSingleInstanceLock()
  if (isFirst) app.on('second-instance', onSecond)
  return isFirst
}
