/** Waiting for something that a robot of the fleet will say. */
import { type Outcome, untilSeen, type Waiting } from '../shared/until.ts'
import type { Robot } from './robot.ts'

export const until = <T>(robot: Robot, waiting: Waiting<T>): Promise<Outcome<T>> =>
  untilSeen(
    {
      clock: robot.parts.clock,
      watch: (watcher) => robot.watch(watcher),
      isGone: () => robot.isClosed() || robot.isGone(),
    },
    waiting,
  )
