/** A whole day with the hub off and no devices, as fast as it goes: the queueing model of the branch alone. */
import type { ArrivalSource } from './arrival-source.ts'
import { createEventClock } from './event-clock.ts'
import { createLobbyModel } from './model.ts'
import type { DayRecord } from './record.ts'
import type { Scenario } from './scenario.ts'

/** After the doors are locked the last ones are served to the end; nobody takes longer than this. */
const lastOutMs = 6 * 3_600_000

export const livePureDay = (options: {
  readonly scenario: Scenario
  readonly seed: string | number
  readonly arrivals?: ArrivalSource
}): DayRecord => {
  const clock = createEventClock()
  const model = createLobbyModel({ ...options, clock })
  model.start()
  const longestMs = model.endMs + lastOutMs - model.startMs
  while (!model.finished() && clock.now() < longestMs && clock.runNext()) {
    // One event after the other.
  }
  model.stop()
  return model.record()
}
