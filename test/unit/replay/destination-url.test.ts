import { describe, expect, it } from 'vitest'
import { baseUrlOf, hostOf, isThisMachine } from '../../../electron/engine/replay/destination-url.ts'

describe('the address of a destination', () => {
  it.each([
    ['https://api.segment.io/v1', 'https://api.segment.io/v1'],
    ['https://api.segment.io/v1/', 'https://api.segment.io/v1'],
    ['https://api.segment.io', 'https://api.segment.io/v1'],
    ['https://api.segment.io/', 'https://api.segment.io/v1'],
    ['https://api.segment.io/v1/batch', 'https://api.segment.io/v1'],
    ['https://api.segment.io//v1/import/', 'https://api.segment.io/v1'],
    ['https://api.segment.io/v1/track', 'https://api.segment.io/v1'],
    ['HTTPS://API.Segment.IO/v1/t', 'https://api.segment.io/v1'],
    ['http://127.0.0.1:7357', 'http://127.0.0.1:7357/v1'],
    ['http://localhost:9000/batch', 'http://localhost:9000'],
    ['https://example.com/sdk', 'https://example.com/sdk'],
    ['http://[::1]:7357/v1', 'http://[::1]:7357/v1'],
  ])('%s leads to %s', (text, base) => {
    expect(baseUrlOf(text)).toBe(base)
  })

  it.each([
    'api.segment.io/v1',
    'localhost:7357',
    'ftp://example.com/v1',
    'javascript:alert(1)',
    'https://',
    'https://user:hunter2@example.com/v1',
    'https://example.com/v1?writeKey=hunter2x',
    'https://example.com/v1#x',
    '',
  ])('%s is refused in words', (text) => {
    expect(() => baseUrlOf(text)).toThrow(expect.objectContaining({ code: 'DESTINATION_URL' }))
    expect(() => baseUrlOf(text)).not.toThrow(/hunter2/)
  })

  it('is confirmed by its host, with the port where it has one', () => {
    expect(hostOf('https://api.segment.io/v1')).toBe('api.segment.io')
    expect(hostOf('http://127.0.0.1:7357/v1')).toBe('127.0.0.1:7357')
  })

  it.each([
    ['http://localhost:1/v1', true],
    ['http://127.8.0.1/v1', true],
    ['http://[::1]/v1', true],
    ['http://192.168.1.5/v1', false],
    ['http://127.example.com/v1', false],
    ['http://api.segment.io/v1', false],
  ])('%s is this machine: %s', (url, isHere) => {
    expect(isThisMachine(url)).toBe(isHere)
  })
})
