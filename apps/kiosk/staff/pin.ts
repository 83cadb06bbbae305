/** The PIN for staff: compared by a slow hash, and only so often. */
import type { StaffPin } from '#protocol/kiosk-service.ts'
import type { Tries } from '../outside/kept.ts'

const freeTries = 3
const firstWaitMs = 30_000
const longestWaitMs = 3_600_000

/** After some wrong ones each costs twice as long as the one before. */
export const afterWrong = ({ wrong }: Tries, now: number): Tries => {
  const count = wrong + 1
  if (count < freeTries) return { wrong: count, notBefore: 0 }
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, count - freeTries))
  return { wrong: count, notBefore: now + waitMs }
}

/** A clock that was set back does not lock the kiosk for longer than the longest wait. */
export const waitsFor = ({ notBefore }: Tries, now: number): number =>
  Math.min(longestWaitMs, Math.max(0, notBefore - now))

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

export const isPin = async (pin: string, { salt, hash, iterations }: StaffPin): Promise<boolean> => {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ])
  const derived = new Uint8Array(
    await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations },
      key,
      256,
    ),
  )
  return bytesOf(hash).every((byte, at) => byte === derived[at])
}
