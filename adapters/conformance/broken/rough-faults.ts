/** Devices that only live in a laboratory. */
import { topics } from '#protocol/topics.ts'
import type { Fault } from './fault.ts'
import { SoundDevice } from './sound-device.ts'
import type { Attempt, Body, Offer } from './sound-memory.ts'

const bufferBytes = 16_384
const floodedAfter = 300
/** On a good line an acknowledgement takes a few milliseconds. */
const lateMs = 450
const knownFields = new Set(
  'kind task attempt epoch capability command priority ackWithinMs startWithinMs runWithinMs start sentAt'.split(
    ' ',
  ),
)

export const roughFaults: Readonly<Record<string, Fault>> = {
  'sends-once-only': {
    rule: 'numbers.sent-again',
    device: class extends SoundDevice {
      override down() {
        this.kept.clear()
        super.down()
      }
    },
  },
  'sends-again-under-a-new-number': {
    rule: 'numbers.sent-again',
    device: class extends SoundDevice {
      override up() {
        const unheard = [...this.kept.values()].filter(({ retain }) => !retain)
        this.kept.clear()
        super.up()
        for (const { topic, payload } of unheard) this.send(topic, JSON.parse(payload) as object)
      }
    },
  },
  'gives-up-without-a-broker': {
    rule: 'rough.broker-restart',
    device: class extends SoundDevice {
      override onTrouble(error: NodeJS.ErrnoException) {
        if (error.code === 'ECONNREFUSED' || error.name === 'AggregateError') this.stopped = true
      }
    },
  },
  'crashes-on-unicode': {
    rule: 'rough.unicode',
    device: class extends SoundDevice {
      override words(attempt: Attempt) {
        const words = super.words(attempt)
        if (words.some(({ text }) => /[\u{10000}-\u{10ffff}]/u.test(text))) this.crash()
        return words
      }
    },
  },
  'mangles-unicode': {
    rule: 'rough.unicode',
    device: class extends SoundDevice {
      override words(attempt: Attempt) {
        return super.words(attempt).map(({ language, text }) => {
          const latin = Buffer.from(text, 'utf8').toString('latin1')
          return { language, text: latin.replaceAll(/[^\u0020-\u007e]/g, '?') }
        })
      }
    },
  },
  'crashes-on-rubbish': {
    rule: 'rough.malformed',
    device: class extends SoundDevice {
      override parse(payload: Buffer) {
        const value = super.parse(payload)
        if (value === undefined) this.crash()
        return value
      }
    },
  },
  'small-buffer': {
    rule: 'rough.large',
    device: class extends SoundDevice {
      override hear(topic: string, payload: Buffer) {
        if (payload.length < bufferBytes) super.hear(topic, payload)
      }
    },
  },
  'refuses-the-unknown': {
    rule: 'rough.unknown-fields',
    device: class extends SoundDevice {
      override hear(topic: string, payload: Buffer) {
        const message = this.parse(payload) as Offer | undefined
        const isOffer = topic === topics.task(this.settings.branch, this.settings.device)
        const isStrange =
          message?.kind === 'offer' && Object.keys(message).some((key) => !knownFields.has(key))
        if (!isOffer || !isStrange) super.hear(topic, payload)
      }
    },
  },
  'resets-on-a-slow-line': {
    rule: 'rough.slow-line',
    device: class extends SoundDevice {
      override tell(attempt: Attempt, body: Body, qos?: 0 | 1) {
        super.tell(attempt, body, qos)
        if (body.status !== 'accepted') return
        const { n } = this
        // Its watchdog takes a late acknowledgement for a line that is broken for good.
        this.later(lateMs, () => {
          if (this.kept.has(n)) this.crash()
        })
      }
    },
  },
  'drowns-in-a-flood': {
    rule: 'rough.flood',
    device: class extends SoundDevice {
      #count = 0
      override hear(topic: string, payload: Buffer) {
        this.#count += 1
        if (this.#count === 1) this.later(1_000, () => (this.#count = 0))
        if (this.#count > floodedAfter) this.crash()
        super.hear(topic, payload)
      }
    },
  },
}
