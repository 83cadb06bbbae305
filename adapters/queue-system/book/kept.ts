/**
 * The open tickets over a restart: many systems tell the number of a ticket only once, and afterwards their own id of it. A
 * small file in the adapter's own folder, without anything but numbers, ids and words of the branch.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Segment } from '#protocol/events.ts'
import { Id, Language, TicketNo } from '#protocol/ids.ts'
import { writeWhole } from '../../sdk/whole-file.ts'
import type { Entry } from './entries.ts'

const KeptTicket = z.object({
  ticket: TicketNo,
  key: z.string().max(64).optional(),
  service: Id.optional(),
  state: z.enum(['waiting', 'called']),
  counter: Id.optional(),
  order: z.object({ at: z.number().optional(), sequence: z.number().optional() }),
  told: z.union([z.enum(['nothing', 'waiting']), z.templateLiteral(['called ', z.string()])]),
  segment: Segment.optional(),
  language: Language.optional(),
  /** Time of day at which it was first heard of. */
  since: z.number(),
})
const Kept = z.object({ tickets: z.array(KeptTicket).max(2_000) })
export type KeptTicket = z.infer<typeof KeptTicket>

export interface KeptTickets {
  load(): readonly KeptTicket[]
  save(tickets: readonly KeptTicket[]): void
}

/** What cannot be read is like nothing: the tickets are heard of again, by and by. */
export const createKeptTickets = (file: string): KeptTickets => ({
  load() {
    try {
      return Kept.parse(JSON.parse(readFileSync(file, 'utf8'))).tickets
    } catch {
      return []
    }
  },
  save(tickets) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, JSON.stringify({ tickets }))
  },
})

const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** @param shiftMs from the adapter's own clock to the time of day. */
export const keptOf = (entry: Entry, shiftMs: number): KeptTicket => {
  const { ticket, state, order, told, since, key, service, counter, segment, language } = entry
  const known = given({ key, service, counter, segment, language })
  return { ticket, state, order: given(order), told, since: since + shiftMs, ...known }
}

export const entryOf = (kept: KeptTicket, { now, shiftMs }: { now: number; shiftMs: number }): Entry => {
  const { ticket, state, order, told, key, service, counter, segment, language } = kept
  const known = { key, service, counter, segment, language }
  return { ticket, state, order: given(order), told, since: kept.since - shiftMs, heardAt: now, ...known }
}
