/** Real time for a device. It never steps: a correction of the machine's clock must not make a device late or early. */
import type { Clock } from './ports.ts'

export const createSystemClock = (): Clock => {
  const startedAt = Date.now() - performance.now()
  return {
    now: () => Math.round(startedAt + performance.now()),
    after(ms, call) {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
  }
}
