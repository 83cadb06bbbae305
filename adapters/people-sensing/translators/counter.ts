/**
 * A sensor's counter that only grows, read as how many people came since it was read last. It begins at 0 again when the
 * sensor restarts, wraps at the end of its register, and jumps when messages were missed.
 */
import type { TroubleCode } from '../troubles.ts'

export interface Counter {
  readonly value: number
  readonly at: number
}

export interface Reading {
  readonly value: number
  /** The sensor's own time where it gives one, else the arrival. */
  readonly at: number
  /** People that this very message is about, whatever the counter says: 1 where a sensor sends one for each crossing. */
  readonly atLeast: number
}

export interface Growth {
  readonly counter: Counter
  readonly grown: number
  readonly trouble?: TroubleCode
  readonly times?: number
}

/** More at once is no crowd but a mistake. */
export const jumpMax = 200
/** Registers that counters are kept in. */
const registers = [2 ** 16, 2 ** 31, 2 ** 32] as const

/** @param missedAfterMs who came longer ago than this did not come now. */
export const readCounter = (before: Counter | undefined, reading: Reading, missedAfterMs: number): Growth => {
  const { value, at, atLeast } = reading
  const counter = { value, at }
  // Who was counted before this adapter began to listen has come long ago.
  if (before === undefined) return { counter, grown: Math.min(atLeast, value) }
  // A step back by more is a clock that was set.
  if (at < before.at && before.at - at <= missedAfterMs)
    return { counter: before, grown: 0, trouble: 'out-of-order' }
  if (value === before.value) return { counter, grown: 0 }
  if (value < before.value) return { counter, ...afterRestart(before.value, value) }
  const grown = value - before.value
  if (grown > jumpMax) return { counter, grown: Math.min(atLeast, grown), trouble: 'implausible' }
  if (at - before.at > missedAfterMs && grown > atLeast)
    return { counter, grown: atLeast, trouble: 'gap', times: grown - atLeast }
  return { counter, grown }
}

const afterRestart = (before: number, value: number): Omit<Growth, 'counter'> => {
  const register = registers.find((size) => before < size && size - before + value <= jumpMax)
  if (register !== undefined) return { grown: register - before + value, trouble: 'counter-wrapped' }
  return { grown: value <= jumpMax ? value : 0, trouble: 'counter-restarted' }
}
