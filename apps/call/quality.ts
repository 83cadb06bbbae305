/** How well another party is seen and heard, in the four words that a page has for it. */
import type { Quality } from './port.ts'

/** Of one look at what comes in. */
export interface Incoming {
  /** Since the page began. */
  readonly packets: number
  readonly lost: number
  readonly frames: number
  readonly rttMs: number | null
}

export interface Heard {
  readonly atMs: number
  readonly incoming: Incoming
  /** When something came last. */
  readonly cameMs: number
}

/** What is expected of the other side. */
export interface Expected {
  readonly picture: boolean
  readonly voice: boolean
}

const silentMs = 3_000

export const listen = (before: Heard | undefined, atMs: number, incoming: Incoming): Heard => {
  const isNews = before === undefined || incoming.packets > before.incoming.packets
  return { atMs, incoming, cameMs: isNews ? atMs : before.cameMs }
}

const share = (lost: number, came: number) => (lost <= 0 ? 0 : lost / (lost + came))

/** @param before a look of a second or two earlier, of the same connection */
export const qualityOf = (before: Heard | undefined, now: Heard, expected: Expected): Quality => {
  const isExpected = expected.picture || expected.voice
  if (isExpected && now.atMs - now.cameMs >= silentMs) return 'none'
  if (before === undefined) return 'good'
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1_000)
  const loss = share(now.incoming.lost - before.incoming.lost, now.incoming.packets - before.incoming.packets)
  const frames = (now.incoming.frames - before.incoming.frames) / seconds
  const rttMs = now.incoming.rttMs ?? 0
  // Five a second is what the lowest step of the other side sends.
  if (loss > 0.1 || rttMs > 800 || (expected.picture && frames < 4)) return 'poor'
  if (loss > 0.03 || rttMs > 400 || (expected.picture && frames < 10)) return 'fair'
  return 'good'
}
