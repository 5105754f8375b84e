import { assert, date, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTime } from '../../shared/normalise.ts'

const firstMs = Date.parse('0001-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')

describe('a timestamp', () => {
  it('reads as the same moment however an SDK writes it', () => {
    assert(
      property(date({ min: new Date(firstMs), max: new Date(lastMs), noInvalidDate: true }), (moment) => {
        const usual = moment.toISOString()
        const ms = moment.getTime()
        expect(parseTime(usual)).toBe(ms)
        expect(parseTime(usual.replace('Z', '+00:00'))).toBe(ms)
        expect(parseTime(usual.replace('Z', '000Z'))).toBe(ms)
        expect(parseTime(usual.replace('T', ' ').replace('Z', ''))).toBe(ms)
      }),
    )
  })

  it('reads as what it is after another of the same day', () => {
    const dayMs = 24 * 60 * 60 * 1000
    assert(
      property(
        date({ min: new Date(firstMs), max: new Date(lastMs), noInvalidDate: true }),
        integer({ min: 0, max: dayMs - 1 }),
        (moment, later) => {
          parseTime(moment.toISOString())
          const other = Math.floor(moment.getTime() / dayMs) * dayMs + later
          expect(parseTime(new Date(other).toISOString())).toBe(other)
        },
      ),
    )
  })

  it('reads the same with and without an offset, whether or not there is such a day', () => {
    assert(
      property(
        integer({ min: 0, max: 99 }),
        integer({ min: 0, max: 99 }),
        integer({ min: 0, max: 99 }),
        (month, day, hour) => {
          const [mm, dd, hh] = [month, day, hour].map((part) => String(part).padStart(2, '0'))
          const local = `2026-${mm}-${dd}T${hh}:59:60.000`
          expect(parseTime(`${local}Z`)).toBe(parseTime(`${local}+00:00`))
          const plain = `2026-${mm}-${dd}T${hh}:30:00.000`
          expect(parseTime(`${plain}Z`)).toBe(parseTime(`${plain}+00:00`))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it.each(['2026-02-03T04:05:06.789ZZ', '2026-02-03T04:05:06.78xZ', 'Tue, 03 Feb 2026 04:05Z', ''])(
    'is none where it reads %j',
    (text) => {
      expect(parseTime(text)).toBe(null)
    },
  )
})
