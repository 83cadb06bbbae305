/** A certificate is renewed on the line it serves, by the hub, long before it ends: nobody has to think of it. */
import { topics } from '#protocol/topics.ts'
import type { Clock, Log, Transport } from './ports.ts'

export interface Renewal {
  /** The request to send, when the time has come. */
  due(nowMs: number): string | undefined
  /** @returns whether it is a new one */
  take(payload: string): boolean
}

export interface Renewing {
  /** The line is up, or it was looked at long ago. */
  look(): void
  take(payload: string): void
}

export const createRenewing = (parts: {
  readonly branch: string
  readonly device: string
  readonly renewal: Renewal
  readonly transport: Transport
  readonly clock: Clock
  readonly log: Log
}): Renewing => {
  const { branch, device, renewal, transport, clock, log } = parts
  return {
    look() {
      try {
        const csr = renewal.due(clock.now())
        if (csr === undefined) return
        const topic = topics.enrol(branch, device)
        // When the line goes down first, it is looked at again as soon as it is back.
        transport.publish(topic, JSON.stringify({ csr }), { qos: 1, retain: false }).catch(() => {})
      } catch (error) {
        log.error('the certificate could not be looked at', { error: String(error) })
      }
    },
    take(payload) {
      try {
        if (renewal.take(payload)) log.info('the certificate is renewed')
      } catch (error) {
        log.error('the new certificate cannot be used', { error: String(error) })
      }
    },
  }
}
