import { isIP } from 'node:net'
import { TracksideError } from '../../../shared/contract/errors.ts'

/** What people paste with the address: the end of the path that is appended when something is sent. */
const endpoints = /\/(batch|import|track|identify|page|screen|group|alias|[btipsga])$/

/**
 * The address up to where `/batch` or `/track` is appended. `…/v1/batch` loses its end; an address without a path
 * gets `/v1`, where every Segment-compatible service listens. Raises DESTINATION_URL.
 */
export function baseUrlOf(text: string): string {
  const refuse = (detail: string): TracksideError =>
    // What stands before an @ or behind a ? may be a secret.
    new TracksideError('DESTINATION_URL', {
      url: text.replace(/\/\/[^/]*@/, '//***@').replace(/[?#].*$/s, '?***'),
      detail,
    })
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) throw refuse('it has to begin with https://')
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw refuse('it can’t be read as an address')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse(`${url.protocol} is not http or https`)
  if (url.username !== '' || url.password !== '') {
    throw refuse('user name and password belong into the authentication')
  }
  if (url.search !== '' || url.hash !== '') throw refuse('leave out what stands behind ? or #')
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  const base = path.replace(endpoints, '')
  return url.origin + (path === '' ? '/v1' : base)
}

/** What a person types to confirm a replay to production: the host, with its port where it has one. */
export function hostOf(url: string): string {
  return new URL(url).host
}

/** Whether what is sent there stays on this machine. */
export function isThisMachine(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1'
}
