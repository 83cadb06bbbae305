/**
 * The hub's own acknowledgement, as a hub gives it: every message of this boot up to and including `n` is committed. A page,
 * and a device behind a broker whose PUBACK means nothing, keeps and repeats what it said until it comes.
 */
import { parseTopic, topics } from '#protocol/topics.ts'
import { objectIn } from './transcript.ts'

export interface Acks {
  /** Of a message that the broker answers for. */
  settled(topic: string, payload: string): void
  /** Of one that is left without an answer: nothing after it is acknowledged before it has come again. */
  held(topic: string, payload: string): void
}

interface Standing {
  readonly boot: string
  readonly held: Set<number>
  highest: number
  sent: number
}

export const createAcks = (publish: (topic: string, payload: string) => void): Acks => {
  const standings = new Map<string, Standing>()
  const placeOf = (topic: string, payload: string) => {
    const parts = parseTopic(topic)
    const { boot, n } = objectIn(payload) ?? {}
    if (parts === undefined || !('device' in parts)) return undefined
    if (typeof boot !== 'string' || !Number.isSafeInteger(n)) return undefined
    const { branch, device } = parts
    const known = standings.get(device)
    const standing = known?.boot === boot ? known : { boot, held: new Set<number>(), highest: -1, sent: -1 }
    standings.set(device, standing)
    return { branch, device, standing, n: n as number }
  }
  return {
    held(topic, payload) {
      const place = placeOf(topic, payload)
      place?.standing.held.add(place.n)
    },
    settled(topic, payload) {
      const place = placeOf(topic, payload)
      if (place === undefined) return
      const { branch, device, standing, n } = place
      standing.held.delete(n)
      standing.highest = Math.max(standing.highest, n)
      const through = Math.min(standing.highest, ...[...standing.held].map((one) => one - 1))
      if (through <= standing.sent) return
      standing.sent = through
      publish(topics.ack(branch, device), JSON.stringify({ boot: standing.boot, n: through }))
    },
  }
}
