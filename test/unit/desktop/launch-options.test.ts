import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { launchOptions } from '../../../electron/desktop/launch-options.ts'

const usual = { port: 7357, appPort: 7358, httpsPort: 7359, host: '127.0.0.1' }

it('listens where SDKs expect it when nothing is said', () => {
  expect(launchOptions(['.'])).toEqual(usual)
})

it('takes the flags of `trackside serve`, in both spellings', () => {
  const given = [
    '.',
    '--port',
    '9000',
    '--app-port=0',
    '--data',
    'mine',
    '--token=t',
    '--config',
    'trackside.json',
  ]
  expect(launchOptions(given)).toEqual({
    ...usual,
    port: 9000,
    appPort: 0,
    data: resolve('mine'),
    token: 't',
    config: resolve('trackside.json'),
  })
})

it('lets Chromium’s flags pass, and does not take half a flag for a value', () => {
  expect(launchOptions(['--no-sandbox', '--user-data-dir=/tmp/b', '--data'])).toEqual(usual)
})

it('keeps to the usual port where the given one is none', () => {
  expect(launchOptions(['--port', 'http', '--app-port', '70000'])).toEqual(usual)
})
