/** Requests for a person that went beyond the spot: open until someone takes and ends them, never dropped by the hub. */
import type { Intent } from '#protocol/intents.ts'
import type { EscalationRow } from '#protocol/model.ts'
import type { Origin } from '../dispatch/origin.ts'
import type { Turn } from '../engine/turn.ts'

type Escalate = Extract<Intent, { type: 'escalate' }>

const rememberMs = 600_000
export const escalationPrefix = 'branch/escalation/'

export const escalate = (turn: Turn, origin: Origin, { reason, subject }: Escalate): EscalationRow => {
  const row: EscalationRow = {
    id: turn.id('escalation'),
    at: turn.at,
    flow: origin.flow,
    instance: origin.instance,
    reason,
    zone: subject.zone ?? null,
    visit: subject.visit ?? null,
    ticket: subject.ticket ?? null,
    device: subject.device ?? null,
    state: 'open',
  }
  turn.state.escalations.put(row.id, row)
  turn.record({
    kind: 'escalation',
    flow: origin.flow,
    ...subject,
    code: 'escalation.requested',
    params: { escalation: row.id, reason },
  })
  return row
}

interface EscalationChange {
  readonly state: 'taken' | 'ended'
  readonly by: string
  readonly outcome: string | null
}

export const changeEscalation = (turn: Turn, id: string, { state, by, outcome }: EscalationChange) => {
  const row = turn.state.escalations.get(id)
  if (row === undefined || row.state === 'ended' || row.state === state) return
  turn.state.escalations.put(id, { ...row, state })
  if (state === 'ended')
    turn.setTimer(`${escalationPrefix}${id}`, 'forget', { deadline: turn.at + rememberMs, graced: false })
  turn.record({
    kind: 'escalation',
    flow: row.flow,
    ...(row.visit !== null && { visit: row.visit }),
    ...(row.ticket !== null && { ticket: row.ticket }),
    ...(row.device !== null && { device: row.device }),
    code: `escalation.${state}`,
    params: { escalation: id, by, ...(outcome !== null && { outcome }) },
  })
  turn.tell({ type: 'escalation.changed', escalation: id, instance: row.instance, state, by, outcome })
}

export const forgetEscalation = (turn: Turn, id: string) => turn.state.escalations.drop(id)
