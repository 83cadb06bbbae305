/**
 * A device that waits for the hub's own word sends all that it said again, with its numbers, until that word comes: it
 * has not done anything twice, and is not failed for it.
 */
import { expect, test } from 'vitest'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import type { Kept } from '#adapters/conformance/broken/sound-line.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { examineInProcess } from './support/in-process.ts'

/** Shorter than anything that the examiner waits for: each rule meets it. */
const againEveryMs = 50

class SendsAgain extends SoundDevice {
  readonly #said: Kept[] = []

  override run() {
    super.run()
    this.#sendAgain()
  }

  override transmit(message: Kept) {
    if (message.topic.endsWith('/report') && message.qos === 1) this.#said.push(message)
    super.transmit(message)
  }

  #sendAgain() {
    if (this.isUp) for (const message of this.#said) super.transmit(message)
    this.later(againEveryMs, () => this.#sendAgain())
  }
}

const meant = /^(task|cancel|repeat|restart|numbers)\./

test('it passes every rule about what a device does once', async () => {
  const { findings } = await examineInProcess(SendsAgain, { rules: rules.filter(({ id }) => meant.test(id)) })
  expect(
    findings.flatMap(({ rule, outcome, why }) => (outcome === 'pass' ? [] : [[rule, outcome, why?.en]])),
  ).toEqual([])
  expect(findings.length).toBeGreaterThan(20)
}, 60_000)
