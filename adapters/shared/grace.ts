/**
 * The time of grace: Wi-Fi comes and goes in a lobby, so a device that is out of reach counts as lost only after a while.
 * Until then what it does goes on.
 */
import { DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'
import { monotonic } from './monotonic.ts'

export interface GraceParts {
  readonly clock: Clock
  readonly graceMs: number
  /** Told once when it is out of reach, and once when it is back in time. */
  readonly onReach: (within: boolean) => void
}

export interface Grace {
  /** Settles when it is out of reach for too long, or was given up. */
  readonly lost: Promise<unknown>
  heard(): void
  missed(): void
  give(error: unknown): void
  end(): void
}

export const createGrace = (parts: GraceParts): Grace => {
  const { clock, graceMs, onReach } = parts
  const { promise: lost, resolve: isLost } = Promise.withResolvers<unknown>()
  let cancel: (() => void) | undefined
  let hasEnded = false
  const end = () => {
    hasEnded = true
    cancel?.()
  }
  const give = (error: unknown) => {
    end()
    isLost(error)
  }
  return {
    lost,
    heard() {
      if (cancel === undefined) return
      cancel()
      cancel = undefined
      onReach(true)
    },
    missed() {
      if (hasEnded || cancel !== undefined) return
      const since = monotonic(clock)
      onReach(false)
      cancel = clock.after(graceMs, () => {
        const forMs = Math.round(monotonic(clock) - since)
        give(new DeviceUnreachable(`The robot is out of reach for ${forMs} ms.`))
      })
    },
    give,
    end,
  }
}
