/** What flows want of the branch model itself: marks, tickets, plays, alerts and requests for a person. */
import type { Intent } from '#protocol/intents.ts'
import type { Origin } from '../dispatch/origin.ts'
import type { Turn } from '../engine/turn.ts'
import { clearAlert, raiseAlert } from './alerts.ts'
import { callFor } from './calls.ts'
import { escalate } from './escalations.ts'
import { measureArm } from './measured-promotions.ts'
import { actOnTicket } from './tickets.ts'
import { branchDay } from './view.ts'
import { putVisit } from './visits.ts'

type Mark = Extract<Intent, { type: 'mark' }>

const mark = (turn: Turn, { flow }: Origin, { on, id, name, value }: Mark) => {
  const row = on === 'visit' ? turn.state.visits.get(id) : turn.state.tickets.get(id)
  if (row === undefined || row.marks[name] === value) return
  const marks = { ...row.marks, [name]: value }
  turn.record({ kind: 'mark', flow, [on]: id, code: 'mark.set', params: { name, value } })
  if (on === 'visit') {
    putVisit(turn, id, { marks })
    return measureArm(turn, id, { name, value })
  }
  const ticket = turn.state.tickets.get(id)
  if (ticket === undefined) return
  turn.state.tickets.put(id, { ...ticket, marks })
  const { service, visit } = ticket
  turn.tell({ type: 'ticket.marked', ticket: id, service, visit, name, value })
}

/** One row a campaign: yesterday's count is overwritten by today's first play. */
const play = (turn: Turn, campaign: string) => {
  const day = branchDay(turn.state, turn.at)
  const row = turn.state.plays.get(campaign)
  const count = turn.view.plays(campaign) + 1
  turn.state.plays.put(campaign, { ...(row?.day === day && row), campaign, day, count })
}

export const applyIntent = (turn: Turn, origin: Origin, intent: Intent): void => {
  switch (intent.type) {
    case 'mark':
      return mark(turn, origin, intent)
    case 'ticket':
      turn.record({
        kind: 'mark',
        flow: origin.flow,
        ticket: intent.ticket,
        code: `ticket.${intent.action}`,
      })
      return actOnTicket(turn, intent.ticket, intent.action)
    case 'played':
      return play(turn, intent.campaign)
    case 'alert':
      return raiseAlert(turn, origin, intent)
    case 'alert.clear':
      return clearAlert(turn, intent.key)
    case 'escalate':
      return callFor(turn, escalate(turn, origin, intent), intent)
    case 'task':
    case 'cancel':
    case 'cancel-others':
    case 'release':
    case 'claim':
    case 'pass':
      // The dispatcher's.
      return
  }
}
