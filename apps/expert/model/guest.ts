/** Whose the call is, and who is a guest in it. Pure. */
import type { GuestPart } from '#protocol/calls/guest.ts'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'

export const isGuestIn = ({ guest, expert }: LiveCall, me: string): boolean =>
  expert !== me && guest?.expert === me

export const ringOf = ({ ring, guest }: LiveCall, me: string): LiveCall['ring'] => {
  const rings = [ring, guest?.ring ?? null]
  const own = rings.find((one) => one?.experts.includes(me) === true)
  return own == null ? null : { ...own, experts: [...own.experts] }
}

/** How long it is told that nobody came, or that who was there went. */
const toldForMs = 20_000
const quiet: ReadonlySet<GuestPart['why']> = new Set(['taken-off', 'took-over', 'ended'])

export const endedNow = ({ guest, guests }: LiveCall, me: string, now: number): GuestPart | undefined => {
  const last = guests.at(-1)
  if (guest !== null || last === undefined || last.by !== me || quiet.has(last.why)) return undefined
  return now - last.to < toldForMs ? last : undefined
}
