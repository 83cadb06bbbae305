/** What the kiosk has to say before there is a device to say it: kept in its order, and said then. */
import type { DeviceHandle } from '#adapters/sdk/browser.ts'
import type { EventData, EventName } from '#protocol/events.ts'

export interface Speaking {
  tell<N extends EventName>(name: N, data: EventData<N>): void
  through(device: DeviceHandle): void
  /** What waits here. */
  waiting(): number
}

/** Days without a hub; the oldest are given up first. */
const waitingMax = 1_000

export const createSpeaking = (): Speaking => {
  let waiting: readonly ((device: DeviceHandle) => void)[] = []
  let device: DeviceHandle | undefined
  return {
    tell(name, data) {
      if (device !== undefined) device.emit(name, data)
      else waiting = [...waiting, (late: DeviceHandle) => void late.emit(name, data)].slice(-waitingMax)
    },
    through(now) {
      device = now
      for (const say of waiting) say(now)
      waiting = []
    },
    waiting: () => waiting.length,
  }
}
