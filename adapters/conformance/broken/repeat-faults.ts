/** Devices that do not stop when they should, or do something again that they have done. */
import type { Fault } from './fault.ts'
import { type Cancel, SoundDevice } from './sound-device.ts'
import type { Attempt, Offer } from './sound-memory.ts'

const thinkingMs = 60

export const repeatFaults: Readonly<Record<string, Fault>> = {
  'forgets-an-early-cancel': {
    rule: 'cancel.offered',
    device: class extends SoundDevice {
      override accept(attempt: Attempt, offer: Offer) {
        this.later(thinkingMs, () => super.accept(attempt, offer))
      }
      override onCancel(cancel: Cancel) {
        if (this.known(cancel)?.phase !== 'new') super.onCancel(cancel)
      }
    },
  },
  'begins-what-was-cancelled': {
    rule: 'cancel.accepted',
    device: class extends SoundDevice {
      readonly #accepted = new Set<Attempt>()
      override accept(attempt: Attempt, offer: Offer) {
        this.later(thinkingMs, () => {
          if (attempt.phase === 'new') super.accept(attempt, offer)
        })
      }
      override startBy(attempt: Attempt, withinMs: number) {
        this.#accepted.add(attempt)
        super.startBy(attempt, withinMs)
      }
      override onRepeatedStart(attempt: Attempt) {
        // Only what it had accepted before the cancel came: it is still in its queue.
        const isQueued = attempt.last?.status === 'cancelled' && this.#accepted.has(attempt)
        if (isQueued) this.begin(attempt)
        else super.onRepeatedStart(attempt)
      }
    },
  },
  'ignores-cancel': {
    rule: 'cancel.running',
    device: class extends SoundDevice {
      override onCancel(cancel: Cancel) {
        if (this.known(cancel)?.phase !== 'begun') super.onCancel(cancel)
      }
    },
  },
  'cancels-the-past': {
    rule: 'cancel.ended',
    device: class extends SoundDevice {
      override onRepeatedCancel(attempt: Attempt) {
        if (attempt.last?.status === 'done') this.end(attempt, { status: 'cancelled', code: 'cancelled' })
        else super.onRepeatedCancel(attempt)
      }
    },
  },
  'refuses-a-repeated-offer': {
    rule: 'repeat.offer',
    device: class extends SoundDevice {
      override onRepeatedOffer(attempt: Attempt, offer: Offer) {
        if (attempt.phase === 'accepted') this.tell(attempt, { status: 'refused', code: 'busy' })
        else super.onRepeatedOffer(attempt, offer)
      }
    },
  },
  'begins-twice': {
    rule: 'repeat.start',
    device: class extends SoundDevice {
      override onRepeatedStart(attempt: Attempt) {
        if (attempt.phase === 'begun') this.begin(attempt)
        else super.onRepeatedStart(attempt)
      }
      override finish(attempt: Attempt) {
        // Each of the two runs comes to its own end.
        attempt.phase = 'ended'
        this.report(attempt, { status: 'done', result: this.result(attempt) })
      }
    },
  },
  'silent-on-a-repeated-cancel': {
    rule: 'repeat.cancel',
    device: class extends SoundDevice {
      override onRepeatedCancel(attempt: Attempt) {
        if (attempt.last?.status !== 'cancelled') super.onRepeatedCancel(attempt)
      }
    },
  },
  'does-it-again': {
    rule: 'repeat.ended',
    device: class extends SoundDevice {
      override onRepeatedOffer(attempt: Attempt, offer: Offer) {
        if (attempt.last?.status === 'done') this.accept(attempt, offer)
        else super.onRepeatedOffer(attempt, offer)
      }
    },
  },
}
