/** Ticket call, title page: where the queue system has no displays of its own, our screens show who is called. */
import { defineFlow } from '../define.ts'
import { isToBeShown } from './decide.ts'
import { ticketCallMachine } from './machine.ts'
import { TicketCallPolicy } from './policy.ts'
import { ticketCallView } from './view.ts'

export const ticketCall = defineFlow({
  id: 'ticket-call',
  version: 1,
  title: { en: 'Ticket calls on screens', zh: '叫号显示' },
  purpose: {
    en: 'Shows each called ticket and its counter on the screens where people wait, at once and for a moment.',
    zh: '叫号时立即在等候区和窗口区的智能屏上短暂显示号码与窗口。',
  },
  policy: TicketCallPolicy,
  listens: ['ticket.called', 'ticket.ended'],
  starts: ['ticket.called'],
  worthStarting: (event) => isToBeShown({ event }),
  key: (event) =>
    event.type === 'ticket.called' || event.type === 'ticket.ended' ? event.ticket : undefined,
  view: ticketCallView,
  machine: ticketCallMachine,
  modes: {
    closed: 'quiet',
    opening: 'run',
    open: 'run',
    closing: 'run',
    'cash-delivery': 'run',
    emergency: 'stop',
  },
  pausable: true,
  gracedDelays: ['giveUp'],
  migrations: {},
})
