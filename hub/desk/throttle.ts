/**
 * Slows down who guesses. The delay grows with each failure and is forgotten with time; nobody is ever locked out, and a
 * stranger who guesses at an account cannot keep its owner out: an address from which the owner signed in before has a
 * count of its own.
 */
import { UsherError } from '#protocol/errors.ts'

/** Wrong attempts are refused for a while; carries how long. */
export class MustWait extends UsherError {
  readonly waitMs: number
  constructor(waitMs: number) {
    super('sign-in.wait', `Try again in ${Math.ceil(waitMs / 1000)} s.`)
    this.waitMs = waitMs
  }
}

interface Rule {
  /** So many mistakes are human. */
  readonly free: number
  readonly firstMs: number
  readonly longestMs: number
}

/** One person at one place. */
const pairRule: Rule = { free: 4, firstMs: 1_000, longestMs: 60_000 }
/** Strangers to an account, all together: 15 minutes make at most a hundred guesses a day (NIST SP 800-63B-4, 3.2.2). */
const strangersRule: Rule = { free: 8, firstMs: 2_000, longestMs: 900_000 }
/** One place, whatever names it tries: colleagues may share it. */
const addressRule: Rule = { free: 20, firstMs: 1_000, longestMs: 60_000 }

const forgottenAfterMs = 3_600_000
/** Beyond it the oldest is forgotten: names and addresses are for strangers to choose. */
const keysMax = 10_000

interface Count {
  readonly failures: number
  /** Monotonic. */
  readonly at: number
}

const delayOf = ({ free, firstMs, longestMs }: Rule, failures: number): number =>
  failures <= free ? 0 : Math.min(longestMs, firstMs * 2 ** Math.min(30, failures - free - 1))

export interface Attempt {
  readonly name: string
  readonly address: string
  /** The owner has signed in from this address before. */
  readonly isFamiliar: boolean
}

export interface Throttle {
  /**
   * Counts the attempt as failed until it is known to be right: many at the same moment are many.
   * @throws MustWait
   */
  begin(attempt: Attempt): void
  succeeded(attempt: Attempt): void
  /** It was never looked at. */
  takeBack(attempt: Attempt): void
}

/** One address of IPv6 is nothing: every device has a whole network of them. */
const placeOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [left = [], right = []] = plain
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''))
  // Those that are left out are zero.
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

export const createThrottle = (monotonicMs: () => number): Throttle => {
  const counts = new Map<string, Count>()
  const look = (key: string): Count => {
    const count = counts.get(key)
    return count === undefined || monotonicMs() - count.at > forgottenAfterMs ? { failures: 0, at: 0 } : count
  }
  const put = (key: string, count: Count) => {
    counts.delete(key)
    if (count.failures > 0) counts.set(key, count)
    const oldest = counts.keys().next().value
    if (counts.size > keysMax && oldest !== undefined) counts.delete(oldest)
  }
  const keysOf = ({ name, address, isFamiliar }: Attempt): readonly (readonly [string, Rule])[] => {
    const place = placeOf(address)
    return [
      isFamiliar ? [`pair ${place} ${name}`, pairRule] : [`strangers ${name}`, strangersRule],
      [`address ${place}`, addressRule],
    ]
  }
  const takeBack = (attempt: Attempt) => {
    for (const [key] of keysOf(attempt)) {
      const { failures, at } = look(key)
      put(key, { failures: Math.max(0, failures - 1), at })
    }
  }
  return {
    begin: (attempt) => {
      const now = monotonicMs()
      const keys = keysOf(attempt)
      const waits = keys.map(([key, rule]) => {
        const { failures, at } = look(key)
        return at + delayOf(rule, failures) - now
      })
      const waitMs = Math.max(...waits)
      if (waitMs > 0) throw new MustWait(waitMs)
      for (const [key] of keys) put(key, { failures: look(key).failures + 1, at: now })
    },
    succeeded: (attempt) => {
      // Earlier mistakes stay with the address: else an account of one's own would buy guesses at others.
      takeBack(attempt)
      const [[own] = ['']] = keysOf(attempt)
      put(own, { failures: 0, at: 0 })
    },
    takeBack,
  }
}
