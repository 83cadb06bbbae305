/** One life of a device: its timers end with it, so that a dead device does nothing more, as a killed process would. */
import type { Clock } from './ports.ts'

export interface Life extends Clock {
  monotonicMs(): number
  readonly ended: () => boolean
  every(ms: number, call: () => void): void
  end(): void
}

export const createLife = (clock: Clock): Life => {
  const cancels = new Set<() => void>()
  let ended = false
  const life: Life = {
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs?.() ?? clock.now(),
    ended: () => ended,
    after(ms, call) {
      if (ended) return () => {}
      const cancel = clock.after(ms, () => {
        cancels.delete(cancel)
        if (!ended) call()
      })
      cancels.add(cancel)
      return () => {
        cancels.delete(cancel)
        cancel()
      }
    },
    every(ms, call) {
      life.after(ms, () => {
        call()
        life.every(ms, call)
      })
    },
    end() {
      ended = true
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
  }
  return life
}
