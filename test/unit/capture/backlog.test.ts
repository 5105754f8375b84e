import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Backlog } from '../../../electron/engine/capture/backlog.ts'

const overloaded = expect.objectContaining({ code: 'CAPTURE_OVERLOADED', status: 503 }) as unknown

let backlog: Backlog

beforeEach(() => {
  backlog = new Backlog({ arrivingBytes: 1_000, waitingBytes: 20_000, waitMs: 20 })
})

describe('bodies that come in', () => {
  it('are held up to the limit; then the largest has to go, not the one that comes last', () => {
    const refused: string[] = []
    const large = backlog.arrive(() => refused.push('large'))
    const small = backlog.arrive(() => refused.push('small'))
    large.grow(900)
    small.grow(100)
    expect(refused).toEqual([])
    small.grow(1)
    expect(refused).toEqual(['large'])
    // What has gone holds nothing any more.
    small.grow(899)
    expect(refused).toEqual(['large'])
    backlog.arrive(() => refused.push('next')).grow(1)
    expect(refused).toEqual(['large', 'small'])
  })

  it('hold nothing any more once they are in', () => {
    const refuse = vi.fn()
    for (let body = 0; body < 10; body += 1) {
      const arrival = backlog.arrive(refuse)
      arrival.grow(600)
      arrival.end()
      arrival.end()
    }
    expect(refuse).not.toHaveBeenCalled()
  })
})

describe('requests that wait for their commit', () => {
  it('are let in up to the limit, and again when there is room', async () => {
    const commits: (() => void)[] = []
    const admit = (bytes: number): Promise<unknown> =>
      backlog.admit(bytes, () => new Promise((resolve) => commits.push(() => resolve('done'))))
    const first = admit(11_000)
    await expect(admit(11_000)).rejects.toEqual(overloaded)
    commits.pop()?.()
    await expect(first).resolves.toBe('done')
    const second = admit(11_000)
    commits.pop()?.()
    await expect(second).resolves.toBe('done')
  })

  it('are let in one at a time, however large they are', async () => {
    await expect(backlog.admit(1_000_000, async () => 'done')).resolves.toBe('done')
  })

  it('fail as their commit fails, and give their room back', async () => {
    const failing = async (): Promise<never> => Promise.reject(new Error('no disk'))
    for (let time = 0; time < 5; time += 1)
      await expect(backlog.admit(11_000, failing)).rejects.toThrow('no disk')
  })

  it('hear that it takes too long, and count until the writer is through with them', async () => {
    let commit = (): void => undefined
    const stuck = backlog.admit(11_000, () => new Promise<void>((resolve) => (commit = resolve)))
    await expect(stuck).rejects.toEqual(overloaded)
    await expect(backlog.admit(11_000, async () => 'done')).rejects.toEqual(overloaded)
    commit()
    await vi.waitFor(() => expect(backlog.admit(11_000, async () => 'done')).resolves.toBe('done'))
  })
})
