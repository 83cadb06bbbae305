/** The tickets that are known, by number and by the vendor's id, and for a while those that have ended. */
import type { Segment } from '#protocol/events.ts'
import type { Order } from './order.ts'

export interface Entry {
  readonly ticket: string
  key: string | undefined
  service: string | undefined
  state: 'waiting' | 'called'
  counter: string | undefined
  order: Order
  /** Something was last heard of it, by the adapter's own clock. */
  heardAt: number
  readonly since: number
  /** What the hub has been told: nothing, that it waits, or where it was called. */
  told: 'nothing' | 'waiting' | `called ${string}`
  segment: Segment | undefined
  language: string | undefined
}

export interface Ended {
  readonly key: string | undefined
  readonly service: string | undefined
  readonly order: Order
  readonly at: number
  readonly wasNoShow: boolean
}

const endedMax = 2_000
const keysMax = 4_000

export const createEntries = (openMax: number, onForgotten: () => void) => {
  const open = new Map<string, Entry>()
  const ended = new Map<string, Ended>()
  const tickets = new Map<string, string>()
  const oldest = <K>(map: Map<K, unknown>): K | undefined => map.keys().next().value

  const name = (key: string | undefined, ticket: string) => {
    if (key === undefined) return
    tickets.delete(key)
    tickets.set(key, ticket)
    if (tickets.size > keysMax) tickets.delete(oldest(tickets) ?? '')
  }
  return {
    find: (ticket: string) => open.get(ticket),
    ended: (ticket: string) => ended.get(ticket),
    ticketOf: (key: string | undefined) => (key === undefined ? undefined : tickets.get(key)),
    /** The vendor's id, also of one that has ended. */
    keyOf: (ticket: string) => open.get(ticket)?.key ?? ended.get(ticket)?.key,
    all: () => [...open.values()],
    waitingIn: (service: string) =>
      [...open.values()].filter((entry) => entry.service === service && entry.state === 'waiting'),
    name,
    put(entry: Entry) {
      name(entry.key, entry.ticket)
      ended.delete(entry.ticket)
      open.set(entry.ticket, entry)
      if (open.size <= openMax) return
      open.delete(oldest(open) ?? '')
      onForgotten()
    },
    bury(entry: Pick<Entry, 'ticket' | 'key' | 'service' | 'order'>, how: { at: number; isNoShow: boolean }) {
      open.delete(entry.ticket)
      ended.delete(entry.ticket)
      const { key, service, order } = entry
      ended.set(entry.ticket, { key, service, order, at: how.at, wasNoShow: how.isNoShow })
      if (ended.size > endedMax) ended.delete(oldest(ended) ?? '')
    },
  }
}
export type Entries = ReturnType<typeof createEntries>
