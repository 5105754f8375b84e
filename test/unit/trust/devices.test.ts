import { expect, it } from 'vitest'
import { devices } from '../../../shared/trust/devices.ts'

it.each([
  ['https://127.0.0.1:7359', 'https://10.0.2.2:7359'],
  ['https://localhost:7359', 'https://10.0.2.2:7359'],
  ['https://192.168.7.5:7359', 'https://192.168.7.5:7359'],
])('the emulator of Android is told to reach %s as %s', (httpsUrl, told) => {
  const guides = devices({ caFile: '/ca.pem', bundleFile: '/bundle.pem', captureUrl: '', httpsUrl })
  expect(guides.find(({ id }) => id === 'android')?.steps.at(-1)?.code).toBe(told)
})
