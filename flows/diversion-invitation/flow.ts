/** Invitation, title page: one ticket on its way from the queue to a kiosk, with its place kept until it is finished. */
import type { BranchView } from '#protocol/model.ts'
import { defineFlow, inEveryMode } from '../define.ts'
import { invitationMachine } from './machine.ts'
import { InvitationPolicy } from './policy.ts'
import { isOpen, kioskOf, viewInvitation } from './view.ts'

const openTickets = (model: BranchView) => model.tickets().filter(isOpen)

/** Tickets on their way to a kiosk hear of it. */
const meantFor = (model: BranchView, kiosk: string) =>
  openTickets(model)
    .filter((ticket) => kioskOf(ticket) === kiosk)
    .map((ticket) => ticket.id)

export const diversionInvitation = defineFlow({
  id: 'diversion-invitation',
  version: 1,
  title: { en: 'Invitation to a kiosk', zh: '自助分流邀请' },
  purpose: {
    en: 'Invites one ticket to a kiosk, keeps the kiosk and the place in the queue, and counts it as done only when finished there',
    zh: '邀请一位客户到智能柜台办理，保留智能柜台和排队位置，办结才算分流成功',
  },
  policy: InvitationPolicy,
  listens: [
    'ticket.marked',
    'ticket.called',
    'ticket.ended',
    'intent.stated',
    'kiosk.session',
    'device.link',
    'device.health',
    'device.willingness',
    'visit.ended',
    'mode.changed',
  ],
  starts: ['ticket.marked', 'kiosk.session'],
  key: (event) => {
    switch (event.type) {
      case 'ticket.marked':
        return event.name === 'diversion.kiosk' && event.value !== '' ? event.ticket : undefined
      case 'kiosk.session':
      case 'intent.stated':
        return event.ticket ?? undefined
      case 'ticket.called':
      case 'ticket.ended':
        return event.ticket
      default:
        return undefined
    }
  },
  keys: (event, model) => {
    switch (event.type) {
      case 'device.link':
      case 'device.health':
      case 'device.willingness':
      case 'kiosk.session':
        return meantFor(model, event.device)
      case 'visit.ended':
        // A track that fell silent or was another one's is no sign that anybody left.
        return event.reason === 'left'
          ? openTickets(model)
              .filter((ticket) => ticket.visit === event.visit)
              .map((ticket) => ticket.id)
          : []
      case 'mode.changed':
        return openTickets(model).map((ticket) => ticket.id)
      default:
        return []
    }
  },
  view: viewInvitation,
  machine: invitationMachine,
  // What was promised is kept in every mode: a held ticket must not stay held. New invitations come from diversion,
  // which is silent outside opening hours; the invitation itself withdraws when the branch closes or in an emergency.
  modes: inEveryMode('run'),
  pausable: false,
  gracedDelays: ['answer', 'arrive', 'choose', 'sessionMax'],
  migrations: {},
  excuses: [
    {
      finding: 'task.unhandled',
      at: '*: hold',
      because:
        'The model holds the place at once; a queue system that could not be told goes to assistance as a task nobody could do.',
    },
    {
      finding: 'task.unhandled',
      at: '*: called-meanwhile*',
      because: 'It is said once, as well as it can be; what the visitor does next, or the deadline, decides.',
    },
    {
      finding: 'task.unhandled',
      at: 'called: guide',
      because: 'The number was called: the visitor chooses where to go, whether led or not.',
    },
    ...['coming: offer', 'called: offer', 'atKiosk.*: offer'].map((at) => ({
      finding: 'task.unhandled',
      at,
      because:
        'They said yes in words or came by themselves: what the offering device says of it changes nothing.',
    })),
    {
      finding: 'task.unhandled',
      at: 'atKiosk.*: guide',
      because: 'The visitor is at the kiosk: the guide has nothing more to do for them.',
    },
    ...['sorry', 'guide', 'offer'].map((ref) => ({
      finding: 'task.unhandled',
      at: `settling.*: ${ref}`,
      because:
        'What is left is between us and the queue system; what is still said on the way ends by itself.',
    })),
  ],
})
