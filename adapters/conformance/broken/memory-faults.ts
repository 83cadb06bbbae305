/** Devices that forget across a restart. */
import type { Fault } from './fault.ts'
import { SoundDevice, type Start } from './sound-device.ts'
import { type Body, keyOf, type Line } from './sound-memory.ts'

export const memoryFaults: Readonly<Record<string, Fault>> = {
  'forgets-what-it-did': {
    rule: 'restart.done',
    device: class extends SoundDevice {
      override recallLine(line: Line) {
        if ('task' in line && line.last?.status === 'done') this.attempts.delete(keyOf(line))
        else super.recallLine(line)
      }
    },
  },
  'does-it-again-after-a-restart': {
    rule: 'restart.killed',
    device: class extends SoundDevice {
      override recall() {
        super.recall()
        for (const [key, attempt] of this.attempts) if (attempt.phase === 'begun') this.attempts.delete(key)
      }
    },
  },
  'denies-what-it-began': {
    rule: 'restart.killed',
    device: class extends SoundDevice {
      override interruption(): Body {
        return { status: 'not-started', code: 'restarted' }
      }
    },
  },
  'drops-what-it-accepted': {
    rule: 'restart.accepted',
    device: class extends SoundDevice {
      readonly #dropped = new Set<string>()
      override settleEarlierLife() {
        for (const [key, attempt] of this.attempts)
          if (attempt.phase === 'accepted') {
            this.attempts.delete(key)
            this.#dropped.add(key)
          }
        super.settleEarlierLife()
      }
      override onStart(start: Start) {
        if (!this.#dropped.has(keyOf(start))) super.onStart(start)
      }
    },
  },
  'forgets-the-epoch': {
    rule: 'restart.epoch',
    device: class extends SoundDevice {
      #heardTask = false
      override recallLine(line: Line) {
        if ('task' in line) super.recallLine(line)
      }
      override heardEpoch(epoch: number) {
        if (this.#heardTask) super.heardEpoch(epoch)
      }
      override onTask(message: Parameters<SoundDevice['onTask']>[0]) {
        this.#heardTask = true
        super.onTask(message)
      }
    },
  },
}
