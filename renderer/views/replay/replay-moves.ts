import { currentTime } from '../../lib/clock.ts'
import { engine } from '../../lib/engine.ts'
import { pulse } from '../../lib/pulse.ts'

/**
 * What to follow for replays: any move of one, and the line that was mended. While one runs, the clock as well: its
 * rate and the time that it has left change even when nothing comes back.
 */
export const replayMoves = (isRunning: boolean): unknown => [
  pulse.current.value?.replays,
  engine.state.value === 'open',
  isRunning ? currentTime.value : null,
]
