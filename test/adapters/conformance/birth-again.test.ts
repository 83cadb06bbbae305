/**
 * A device whose line is cut before its birth is acknowledged sends that birth again, with its numbers, before it is born
 * anew: an MQTT client does so by itself. That is no word of the new line, and no fault.
 */
import { expect, test } from 'vitest'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import type { Kept } from '#adapters/conformance/broken/sound-line.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { brisk, examineInProcess } from './support/in-process.ts'

/** How long it then takes to be born anew: more than the examiner would have waited for nothing. */
const bornAfterMs = 200

/** @param parts of its last birth: what of it was not acknowledged */
const sendingAgain = (parts: readonly string[]) =>
  class extends SoundDevice {
    #births = 0
    readonly #said: Kept[] = []

    override transmit(message: Kept) {
      const isOfBirth = parts.some((part) => message.topic.endsWith(`/${part}`))
      if (this.#births === 1 && isOfBirth) this.#said.push(message)
      super.transmit(message)
    }

    override birth() {
      this.#births += 1
      if (this.#births === 1) return super.birth()
      for (const message of this.#said) super.transmit(message)
      this.bornAnew()
    }

    bornAnew() {
      this.later(bornAfterMs, () => super.birth())
    }
  }

class IsNeverBornAnew extends sendingAgain(['manifest', 'presence']) {
  override bornAnew() {}
}

const reborn = rules.filter(({ id }) => /^(birth\.(presence|manifest)|presence\.reborn)$/.test(id))
const outcomes = async (device: typeof SoundDevice, pace = brisk) =>
  (await examineInProcess(device, { pace, rules: reborn })).findings.map(({ rule, outcome }) => [
    rule,
    outcome,
  ])

test.each([[['presence']], [['manifest', 'presence']]])(
  'the old %s again is not taken for a new birth',
  async (parts) => {
    expect(await outcomes(sendingAgain(parts))).toEqual(reborn.map(({ id }) => [id, 'pass']))
  },
)

test('nor does it make up for a new one', async () => {
  expect(await outcomes(IsNeverBornAnew, { ...brisk, reconnectMs: 1_000 })).toContainEqual([
    'presence.reborn',
    'fail',
  ])
})
