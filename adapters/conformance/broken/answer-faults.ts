/** Devices that do tasks badly: too early, too late, not at all, or with words of their own. */
import { topics } from '#protocol/topics.ts'
import type { Fault } from './fault.ts'
import { isFinal, SoundDevice } from './sound-device.ts'
import type { Attempt, Body, Offer } from './sound-memory.ts'

const lateFactor = 1.2

export const answerFaults: Readonly<Record<string, Fault>> = {
  'never-answers': {
    rule: 'task.answers',
    device: class extends SoundDevice {
      override accept(_attempt: Attempt, _offer: Offer) {}
    },
  },
  'answers-late': {
    rule: 'task.in-time',
    device: class extends SoundDevice {
      #isFirst = true
      override accept(attempt: Attempt, offer: Offer) {
        if (this.#isFirst) this.later(offer.ackWithinMs * lateFactor, () => super.accept(attempt, offer))
        else super.accept(attempt, offer)
        this.#isFirst = false
      }
    },
  },
  'begins-without-start': {
    rule: 'task.waits-for-start',
    device: class extends SoundDevice {
      override accept(attempt: Attempt, offer: Offer) {
        super.accept(attempt, { ...offer, start: true })
      }
    },
  },
  'never-ends': {
    rule: 'task.done',
    device: class extends SoundDevice {
      override finish(attempt: Attempt) {
        if (attempt.offer?.capability !== 'display') super.finish(attempt)
      }
    },
  },
  'ends-twice': {
    rule: 'task.ends-once',
    device: class extends SoundDevice {
      override finish(attempt: Attempt) {
        super.finish(attempt)
        this.repeat(attempt)
      }
    },
  },
  'result-in-its-own-words': {
    rule: 'task.result',
    device: class extends SoundDevice {
      override result() {
        return { said: 'hello', answered: 'maybe' }
      }
    },
  },
  'progress-over-100': {
    rule: 'task.progress',
    device: class extends SoundDevice {
      override progress() {
        return { percent: 250 }
      }
    },
  },
  'waits-where-it-promised-not-to': {
    rule: 'task.immediate',
    device: class extends SoundDevice {
      override accept(attempt: Attempt, offer: Offer) {
        super.accept(attempt, { ...offer, start: false })
      }
    },
  },
  'waits-for-ever': {
    rule: 'time.not-started',
    device: class extends SoundDevice {
      override lapse(attempt: Attempt) {
        attempt.phase = 'new'
      }
      override onRepeatedStart(attempt: Attempt) {
        if (attempt.phase === 'new') super.lapse(attempt)
        else super.onRepeatedStart(attempt)
      }
    },
  },
  'begins-too-late': {
    rule: 'time.late-start',
    device: class extends SoundDevice {
      override onRepeatedStart(attempt: Attempt) {
        if (attempt.last?.code === 'no-start') this.begin(attempt)
        else super.onRepeatedStart(attempt)
      }
    },
  },
  'believes-the-clock': {
    rule: 'time.clock-skew',
    device: class extends SoundDevice {
      override refusal(offer: Offer) {
        const isOld = Math.abs(Date.now() - offer.sentAt) > 60_000
        return isOld ? 'too-late' : super.refusal(offer)
      }
    },
  },
  'refuses-without-a-code': {
    rule: 'refuse.unsupported',
    device: class extends SoundDevice {
      override report(attempt: Attempt, body: Body) {
        super.report(attempt, body.code === 'unsupported' ? { status: 'refused' } : body)
      }
    },
  },
  'takes-any-command': {
    rule: 'refuse.bad-command',
    device: class extends SoundDevice {
      override refusal(offer: Offer) {
        const code = super.refusal(offer)
        return code === 'bad-command' ? undefined : code
      }
      override words(attempt: Attempt) {
        const words = super.words(attempt)
        return Array.isArray(words) ? words : []
      }
    },
  },
  'ignores-a-second-offer': {
    rule: 'refuse.second',
    device: class extends SoundDevice {
      override report(attempt: Attempt, body: Body) {
        if (body.code !== 'busy') super.report(attempt, body)
      }
    },
  },
  'reports-what-nobody-asked': {
    rule: 'task.unasked',
    device: class extends SoundDevice {
      override finish(attempt: Attempt) {
        super.finish(attempt)
        const { branch, device } = this.settings
        const body = { attempt: 1, epoch: attempt.epoch, status: 'done' }
        this.send(topics.report(branch, device, 'yesterday-7'), body)
      }
    },
  },
  'reports-at-qos-0': {
    rule: 'words.delivery',
    device: class extends SoundDevice {
      override tell(attempt: Attempt, body: Body) {
        super.tell(attempt, body, isFinal(body) ? 1 : 0)
      }
    },
  },
  'speaks-for-another': {
    rule: 'words.valid',
    device: class extends SoundDevice {
      override finish(attempt: Attempt) {
        super.finish(attempt)
        const { branch } = this.settings
        this.send(topics.event(branch, 'somebody-else', 'zone.count'), { zone: 'entrance', count: 1 })
      }
    },
  },
  'event-nobody-knows': {
    rule: 'words.valid',
    device: class extends SoundDevice {
      override actAlone() {
        const { branch, device } = this.settings
        this.send(topics.event(branch, device, 'face.recognised'), { name: 'x' }, { qos: 1 })
      }
    },
  },
}
