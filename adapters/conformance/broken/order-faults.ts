/** Devices that do not listen to whose word counts, and that lose count of their own. */
import { topics } from '#protocol/topics.ts'
import type { Fault } from './fault.ts'
import { SoundDevice } from './sound-device.ts'
import type { Attempt } from './sound-memory.ts'

export const orderFaults: Readonly<Record<string, Fault>> = {
  'obeys-an-old-epoch': {
    rule: 'epoch.older',
    device: class extends SoundDevice {
      override isOlder() {
        return false
      }
    },
  },
  'moves-on': {
    rule: 'config.movement',
    device: class extends SoundDevice {
      override halt(_attempt: Attempt) {}
    },
  },
  'greets-although-switched-off': {
    rule: 'config.built-in',
    device: class extends SoundDevice {
      override isSwitchedOff() {
        return false
      }
    },
  },
  'reuses-numbers': {
    rule: 'numbers.grow',
    device: class extends SoundDevice {
      #births = 0
      #isBeingBorn = false
      override birth() {
        this.#isBeingBorn = true
        super.birth()
        this.#isBeingBorn = false
      }
      override nextNumber() {
        // Never those of a birth: one with the numbers of the last would be no new birth, which is another fault.
        if (this.#isBeingBorn) {
          this.#births += 1
          return 1_000 + this.#births
        }
        this.n = (this.n % 8) + 1
        return this.n
      }
    },
  },
  'no-numbers': {
    rule: 'numbers.grow',
    device: class extends SoundDevice {
      override tellState() {
        const { branch, device } = this.settings
        const payload = JSON.stringify({ health: { level: 'ok' }, boot: this.boot })
        this.client?.publish(topics.state(branch, device), payload, { qos: 0 })
      }
    },
  },
  'same-boot-for-ever': {
    rule: 'numbers.boot',
    device: class extends SoundDevice {
      override makeBoot() {
        return 'serial-4711'
      }
      override nextNumber() {
        // Counts on from where no earlier life can have been.
        this.n = Math.max(this.n + 1, Math.round((performance.timeOrigin + performance.now()) * 1_000))
        return this.n
      }
    },
  },
}
