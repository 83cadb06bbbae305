/** Who is in the call, in an order that stays: the customer first, the expert's own picture last. */
import type { CallView, Party, Quality } from '../../call/port.ts'

export type Role = 'customer' | 'manager' | 'expert' | 'lead'

export interface Seat {
  readonly id: string
  readonly role: Role
  readonly isOwn: boolean
  readonly title: Readonly<Record<string, string>>
  readonly stream: MediaStream | null
  readonly shown: CallView['own']['shown']
  readonly apart: boolean
  readonly link: Party['link']
  /** null: of oneself there is none. */
  readonly quality: Quality | null
}

const roles = { kiosk: 'customer', manager: 'manager', expert: 'expert', lead: 'lead' } as const

export const roleOf = (participant: string): Role => {
  const [role = ''] = participant.split(':', 1)
  return Object.hasOwn(roles, role) ? roles[role as keyof typeof roles] : 'manager'
}

const ranks: Readonly<Record<Role, number>> = { customer: 0, manager: 1, expert: 2, lead: 3 }

export const seatsOf = ({ me, others, own }: CallView): readonly Seat[] => {
  const seats = others.map(
    ({ id, title, stream, shown, apart, link, quality }): Seat => ({
      id,
      role: roleOf(id),
      isOwn: false,
      title,
      stream,
      shown,
      apart,
      link,
      quality,
    }),
  )
  const mine: Seat = {
    id: me ?? 'me',
    role: me === null ? 'expert' : roleOf(me),
    isOwn: true,
    title: {},
    stream: own.stream,
    shown: own.shown,
    apart: false,
    link: 'connected',
    quality: null,
  }
  return [...seats.sort((a, b) => ranks[a.role] - ranks[b.role] || (a.id < b.id ? -1 : 1)), mine]
}

/** Whose way to this page is broken. */
export const brokenOf = (seats: readonly Seat[]): readonly Seat[] =>
  seats.filter(({ link, quality }) => link === 'broken' || (link === 'connected' && quality === 'none'))
