/**
 * How a new device asks for its credential: it presents a request signed by its own key and waits until staff approve.
 * The same for a program and for a page; how they sign in meanwhile is theirs.
 */
import { UsherError } from '#protocol/errors.ts'
import { Credential } from '#protocol/messages.ts'
import { clientId, topics } from '#protocol/topics.ts'
import type { MqttTransportParts } from './mqtt-line.ts'
import type { Transport } from './ports.ts'
import { randomBoot } from './random-boot.ts'

export interface Conversation {
  readonly branch: string
  readonly device: string
  readonly address: MqttTransportParts['address']
  /** How the device reaches the hub. */
  readonly line: (parts: MqttTransportParts) => Transport
  /** PEM, asked for when it is sent. */
  readonly request: () => string
  readonly onTrouble: (text: string) => void
  /** The hub has the request: a claim code is spent from then on. */
  readonly presented: () => void
  /** The line went down: whether another way takes over. */
  readonly mayEnd: () => boolean
  /** Ends the waiting. */
  readonly signal?: AbortSignal
}

/**
 * @returns undefined where the line went down and another way takes over.
 * @throws UsherError `adapter.enrolment` when the hub refuses it
 */
export const converse = (how: Conversation): Promise<Credential | undefined> =>
  new Promise((resolve, reject) => {
    const { branch, device, address, onTrouble, signal } = how
    const stop = () => end(() => reject(signal?.reason as Error))
    const end = (then: () => void) => {
      signal?.removeEventListener('abort', stop)
      void transport.close(true).then(then)
    }
    const transport = how.line({
      address,
      onTrouble,
      onRefused: (text) =>
        end(() => reject(new UsherError('adapter.enrolment', `The hub refused it: ${text}.`))),
    })
    if (signal?.aborted === true) return stop()
    signal?.addEventListener('abort', stop)
    transport.open({
      clientId: clientId(branch, device),
      will: undefined,
      subscriptions: [topics.credential(branch, device)],
      onUp() {
        const body = { csr: how.request(), boot: randomBoot(), n: 1 }
        transport
          .publish(topics.enrol(branch, device), JSON.stringify(body), { qos: 1, retain: false })
          .then(how.presented, () => {})
      },
      onDown() {
        if (how.mayEnd()) end(() => resolve(undefined))
      },
      onMessage(_topic, payload) {
        const credential = Credential.parse(JSON.parse(payload))
        end(() => resolve(credential))
      },
    })
  })
