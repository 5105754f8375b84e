import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HttpsCapture } from '../../electron/engine/capture/https/https-capture.ts'
import { machineNames } from '../../electron/engine/capture/https/machine-names.ts'

let data: string
let servers: Server[]
let https: HttpsCapture

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'trackside-https-'))
  servers = []
  https = new HttpsCapture({
    data,
    host: '127.0.0.1',
    port: 0,
    makeServer: (identity) => {
      const server = createServer(identity)
      servers.push(server)
      return server
    },
    names: () => machineNames('127.0.0.1'),
    now: () => Date.now(),
  })
})

afterEach(async () => {
  await https.end()
  rmSync(data, { recursive: true, force: true })
})

const areListening = (): boolean => servers.some(({ listening }) => listening)

it('stays off once the engine stops, whenever a change of settings switches it on', async () => {
  const before = https.switch(true)
  const end = https.end()
  const after = https.switch(true)
  await Promise.all([before, end, after])
  expect(https.current).toBeNull()
  expect(areListening()).toBe(false)
})

it('is switched on and off as often as one likes before', async () => {
  await https.switch(true)
  await https.switch(false)
  await https.switch(true)
  expect(https.current).not.toBeNull()
  expect(areListening()).toBe(true)
})
