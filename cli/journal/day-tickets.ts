/** The tickets of a recorded day, and who used a kiosk without one. */
import { type RecordedKioskUse, type RecordedTicket, TicketBook } from '#hub/figures/tickets.ts'
import type { RecordedDay } from './read-day.ts'

const gather = (day: RecordedDay): TicketBook => {
  const tickets = new TicketBook()
  for (const entry of day.entries) if (entry.at >= day.fromMs) tickets.note(entry)
  return tickets
}

/** Of the day itself, in the order in which they were issued. */
export const recordedTickets = (day: RecordedDay): readonly RecordedTicket[] => gather(day).all

/** Errands finished at a kiosk by people who never took a ticket. */
export const recordedKioskUses = (day: RecordedDay): readonly RecordedKioskUse[] => gather(day).kioskUses
