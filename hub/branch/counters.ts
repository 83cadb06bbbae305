/** Counters: open, paused or closed, who sits there, and which ticket is being served. */
import type { EventData } from '#protocol/events.ts'
import type { CounterRow } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { noteProblem } from './problems.ts'
import { refreshService } from './queues.ts'
import { followCounter } from './staff.ts'

const put = (turn: Turn, row: CounterRow) => {
  turn.state.counters.put(row.id, row)
  followCounter(turn, row)
}

export const onCounterChanged = (turn: Turn, device: string, data: EventData<'counter.changed'>) => {
  const row = turn.state.counters.get(data.counter)
  if (row === undefined) return noteProblem(turn, 'counter.unknown', { device, name: data.counter })
  if (data.person !== undefined && !turn.state.staff.has(data.person))
    noteProblem(turn, 'person.unknown', { device, name: data.person })
  const changed = data.state !== row.state || (data.staffed ?? row.staffed) !== row.staffed
  const next: CounterRow = {
    ...row,
    state: data.state,
    staffed: data.staffed ?? row.staffed,
    since: changed ? turn.at : row.since,
    serving: data.state === 'closed' ? null : row.serving,
    person: data.state === 'closed' ? null : (data.person ?? row.person),
  }
  if (!changed && next.person === row.person) return
  put(turn, next)
  turn.tell({ type: 'counter.changed', counter: row.id })
  for (const service of row.services) refreshService(turn, service)
  turn.stir()
}

export const callAt = (turn: Turn, id: string, ticket: string) => {
  const row = turn.state.counters.get(id)
  if (row !== undefined) put(turn, { ...row, serving: ticket })
}

export const freeCounter = (turn: Turn, id: string, ticket: string) => {
  const row = turn.state.counters.get(id)
  if (row?.serving === ticket) put(turn, { ...row, serving: null })
}
