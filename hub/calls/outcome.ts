/** How calls end. Nothing of one is left over: no ring, no timer, no expert held. */
import type { CallOutcome, CallRow } from '#protocol/calls/rows.ts'
import { arm, change, disarm, endSegment, isOver, letGo } from './find.ts'
import { endGuest } from './guest.ts'
import type { CallDesk } from './port.ts'

/** Pages show it so long, and the customer can still read how it ended. */
const rememberMs = 600_000

interface End {
  readonly outcome: CallOutcome
  readonly by: string
  readonly code?: string | null
  readonly promisedAt?: number | null
}

export const end = (
  desk: CallDesk,
  open: CallRow,
  { outcome, by, code = null, promisedAt }: End,
): CallRow => {
  const call = endGuest(desk, open, { why: 'ended' })
  for (const expert of call.ring?.experts ?? []) letGo(desk, expert)
  if (call.expert !== null) letGo(desk, call.expert, { idleSince: desk.at })
  disarm(desk, call.id, 'ring', 'relax', 'patience', 'join', 'lost', 'wrap-up')
  arm(desk, call.id, { forget: desk.at + rememberMs })
  const ended = change(desk, call, {
    state: 'ended',
    outcome,
    code,
    endedBy: by,
    ring: null,
    participants: [],
    segments: endSegment(call, desk.at, 'hung-up'),
    promisedAt: promisedAt ?? null,
  })
  desk.note(ended, {
    code: 'call.ended',
    params: { call: call.id, outcome, by, ...(code !== null && { ending: code }) },
  })
  return ended
}

/** The customer is told when somebody will call back. */
export const endUnanswered = (desk: CallDesk, call: CallRow): CallRow =>
  end(desk, call, { outcome: 'unanswered', by: 'hub', promisedAt: desk.at + desk.plan.callBackMs })

export const onPatienceOver = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  // What rings now may still be answered; after that ring it is over.
  if (call?.state === 'waiting') endUnanswered(desk, call)
}

export const forgetCall = (desk: CallDesk, id: string) => {
  const call = desk.calls.get(id)
  if (call !== undefined && isOver(call)) desk.calls.drop(id)
}
