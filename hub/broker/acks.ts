/**
 * The hub's own acknowledgement: cumulative, on the device's ack topic. On the embedded broker a PUBACK says the same;
 * behind an external broker this is the only one that counts, and the device keeps its messages until it comes.
 */
import type { Ack } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { Numbering } from '../engine/entry.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { BrokerPort } from './port.ts'

export interface Acks {
  /** On its way to the disk: neither it nor anything after it is acknowledged before it is settled. */
  began(device: string, numbering: Numbering): void
  /** Committed before or now, or answered with an error: the device need not keep it. */
  settled(device: string, numbering: Numbering): void
}

export interface AcksParts {
  readonly branch: string
  readonly ackPeriodMs: number
  readonly clock: Clock
  readonly broker: Pick<BrokerPort, 'publish'>
}

/** Where one device stands. Its messages come in order, so a settled number stands for all before it. */
interface Standing {
  readonly boot: string
  /** Begun and not settled; what could not be committed stays here until it has come again. */
  readonly unsettled: Set<number>
  highest: number
  sent: number
  isDue: boolean
}

const through = ({ unsettled, highest }: Standing): number => {
  let settled = highest
  for (const n of unsettled) settled = Math.min(settled, n - 1)
  return settled
}

export const createAcks = ({ branch, ackPeriodMs, clock, broker }: AcksParts): Acks => {
  const standings = new Map<string, Standing>()
  const of = (device: string, boot: string): Standing => {
    const known = standings.get(device)
    if (known?.boot === boot) return known
    const made: Standing = { boot, unsettled: new Set(), highest: -1, sent: -1, isDue: false }
    standings.set(device, made)
    return made
  }
  const send = (device: string, standing: Standing) => {
    standing.isDue = false
    const n = through(standing)
    if (standings.get(device) !== standing || n <= standing.sent) return
    standing.sent = n
    const ack: Ack = { boot: standing.boot, n }
    void broker.publish(topics.ack(branch, device), JSON.stringify(ack), { qos: 0, retain: false })
  }
  return {
    began: (device, { boot, n }) => void of(device, boot).unsettled.add(n),
    settled: (device, { boot, n }) => {
      const standing = of(device, boot)
      standing.unsettled.delete(n)
      standing.highest = Math.max(standing.highest, n)
      // A repeat means that the device has not seen the acknowledgement: it is said again.
      if (n <= standing.sent) standing.sent = n - 1
      if (standing.isDue) return
      standing.isDue = true
      clock.after(ackPeriodMs, () => send(device, standing))
    },
  }
}
