import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { inProject } from '../../scripts/project.ts'
import { expect, test as base } from './trackside.ts'

export { expect } from './trackside.ts'

/**
 * A developer's own site: another origin than Trackside's, with the SDKs as their npm packages have them below
 * /node_modules.
 */
export class Shop {
  readonly origin: string
  /** What its pages have in their head. */
  head = ''

  constructor(origin: string) {
    this.origin = origin
  }

  /** Opens a page of the shop with `head` in it. */
  async visit(page: Page, head: string, path = '/pricing'): Promise<void> {
    this.head = head
    await page.goto(this.origin + path)
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.origin)
    if (pathname.startsWith('/node_modules/')) {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8')
      response.end(readFileSync(inProject(pathname.slice(1))))
      return
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    // Whoever has left the shop leaves its SDK behind: nothing is there to send what a page before could not.
    const head = pathname === '/goodbye' ? '' : this.head
    response.end(`<!doctype html><title>Prîcing</title><link rel="icon" href="data:," />${head}<body></body>`)
  }
}

/** Loads a script out of an npm package. */
export const packageScript = (path: string): string => `<script src="/node_modules/${path}"></script>`

/**
 * A script that stands in the page itself. `run` is sent as text: it knows what it is given, and the page.
 */
export function inlineScript<Given>(run: (given: Given) => void, given: Given): string {
  return `<script>(${run.toString()})(${JSON.stringify(given).replaceAll('<', '\\u003c')})</script>`
}

export const test = base.extend<{ shop: Shop }>({
  /** No request of its pages leaves the machine, whatever an SDK asks its vendor by default. */
  shop: async ({ page }, use) => {
    const server = createServer((request, response) => shop.answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    // localhost is another origin than 127.0.0.1, whatever the port.
    const shop = new Shop(`http://localhost:${(server.address() as AddressInfo).port}`)
    const foreign: string[] = []
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url())
      const isOwn = protocol === 'data:' || ['127.0.0.1', 'localhost'].includes(hostname)
      if (!isOwn) foreign.push(request.url())
    })
    await use(shop)
    server.closeAllConnections()
    server.close()
    expect(foreign, 'requests that left the machine').toEqual([])
  },
})
