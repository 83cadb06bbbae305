/**
 * What a device without a certificate signs: good once, for a moment, and for the address that asked. Nothing is kept
 * of a challenge until it comes back, so that asking for many costs the hub nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Challenges {
  issue(address: string): string
  /** @returns whether it was issued here, to this address and lately; it is spent by asking. */
  spend(challenge: string, address: string): boolean
}

export interface ChallengesParts {
  readonly monotonicMs: () => number
  readonly random: (bytes: number) => Buffer
  readonly lifeMs: number
}

const keyBytes = 32
const chanceBytes = 16
const timeBytes = 8
const bodyBytes = timeBytes + chanceBytes

export const createChallenges = ({ monotonicMs, random, lifeMs }: ChallengesParts): Challenges => {
  // With the hub it ends: what an earlier one issued is good for nothing.
  const key = random(keyBytes)
  /** Spent ones, with when they would have ended anyway, oldest first. */
  const spent = new Map<string, number>()
  const seal = (body: Buffer, address: string) =>
    createHmac('sha256', key).update(body).update(address).digest()
  const forget = (now: number) => {
    for (const [challenge, until] of spent) {
      if (until > now) return
      spent.delete(challenge)
    }
  }
  return {
    issue: (address) => {
      const body = Buffer.alloc(bodyBytes)
      body.writeDoubleBE(monotonicMs())
      random(chanceBytes).copy(body, timeBytes)
      return Buffer.concat([body, seal(body, address)]).toString('base64url')
    },
    spend: (challenge, address) => {
      const bytes = Buffer.from(challenge, 'base64url')
      const body = bytes.subarray(0, bodyBytes)
      const given = bytes.subarray(bodyBytes)
      const right = seal(body, address)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return false
      const now = monotonicMs()
      // One spelling only: base64 allows several for the same bytes.
      const name = bytes.toString('base64url')
      forget(now)
      if (body.readDoubleBE() + lifeMs <= now || spent.has(name)) return false
      spent.set(name, now + lifeMs)
      return true
    },
  }
}
