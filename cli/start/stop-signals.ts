/** The first request to end stops cleanly; whoever asks again does not want to wait. */
import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM'] as const

/** @returns how to stop listening. */
export const onStopSignal = (stop: (signal: string) => void): (() => void) => {
  let asked = false
  const listener = (signal: (typeof signals)[number]) => {
    if (asked) process.exit(128 + constants.signals[signal])
    asked = true
    stop(signal)
  }
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}
