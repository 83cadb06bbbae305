/** What the line of the calls knows of them, and where what it tells becomes an entry. */
import type { BrowseFact } from '#protocol/calls/browse.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { Participant } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { fileOf } from '../branch/rows.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { BranchState } from '../engine/state.ts'
import { expertIn, kioskIn, openCalls } from './find.ts'
import { guestIn, isCustomerApart } from './guest.ts'
import { passOf } from './kiosk.ts'
import type { BrowsePair, CallParty, CallSide, Presence } from './line/side.ts'
import { servedKey } from './link/rows.ts'
import type { Telling } from './telling.ts'

export interface SideParts {
  readonly engine: Pick<Engine, 'state'>
  readonly telling: Telling
}

/** As the branch calls them. */
export const partyIn = (state: BranchState, participant: Participant): CallParty => {
  const [role, id = ''] = participant.split(':')
  if (role === 'kiosk') return { title: state.devices.get(id)?.title ?? {} }
  if (role === 'manager') return { title: state.staff.get(id)?.title ?? {} }
  return { title: fileOf(state)?.experts?.people.find((one) => one.id === id)?.title ?? {} }
}

/** Whoever leads the branch, or experts, comes with a ticket that only they get. */
const isOf = (call: CallRow, participant: string): boolean =>
  participant.startsWith('manager:') ||
  participant.startsWith('lead:') ||
  (call.expert !== null && participant === expertIn(call.expert)) ||
  participant === guestIn(call) ||
  (call.device !== null && participant === kioskIn(call.device))

/** On the desk's side: who leads experts hears what they say among themselves. */
const isExpert = (participant: string): boolean => /^(?:expert|lead):/.test(participant)

/** Of a call between a branch and its desk, each hub waits for its own people. */
const comesInHere = (
  { asked, served }: Pick<BranchState, 'asked' | 'served'>,
  { branch, escalation }: CallRow,
  participant: string,
): boolean => {
  if (branch !== undefined)
    return served.get(servedKey(branch, escalation))?.present.includes(participant) !== true
  const row = asked.get(escalation)
  return row === undefined || row.present.includes(participant)
}

class EngineSide implements CallSide {
  readonly #parts: SideParts

  constructor(parts: SideParts) {
    this.#parts = parts
  }

  isOpen(call: string): boolean {
    const row = this.#find(call)
    return row !== undefined && passOf(row, '') !== null
  }

  partyOf(call: string, participant: Participant): CallParty | undefined {
    const row = this.#find(call)
    if (row === undefined || !isOf(row, participant)) return undefined
    return partyIn(this.#parts.engine.state, participant)
  }

  areApart(call: string, one: Participant, other: Participant): boolean {
    const row = this.#find(call)
    return row !== undefined && isCustomerApart(row) && isExpert(one) !== isExpert(other)
  }

  onJoined(call: string, participant: Participant): void {
    this.#parts.telling.tell({ name: 'call.joined', call, participant, by: 'hub' })
  }

  onLeft(call: string, participant: Participant): void {
    this.#parts.telling.tell({ name: 'call.left', call, participant, by: 'hub' })
  }

  /** What ended meanwhile is over for whoever hangs up as well. */
  async onHangUp(call: string, participant: Participant): Promise<void> {
    try {
      await this.#parts.telling.submit({ name: 'call.hang-up', call, participant, by: participant })
    } catch (error) {
      if (!(error instanceof UsherError) || !['call.over', 'call.unknown', 'call.state'].includes(error.code))
        throw error
    }
  }

  pairOf(call: string): BrowsePair {
    const { device = null, expert = null } = this.#find(call) ?? {}
    return {
      kiosk: device === null ? null : kioskIn(device),
      expert: expert === null ? null : expertIn(expert),
    }
  }

  onFact(call: string, fact: BrowseFact, about: string | null): void {
    const by = this.pairOf(call).kiosk ?? 'hub'
    this.#parts.telling.tell({ name: 'call.browsed', call, fact, about, by })
  }

  present(): readonly Presence[] {
    const { state } = this.#parts.engine
    return openCalls(state).flatMap((call) =>
      call.participants
        .filter((participant) => comesInHere(state, call, participant))
        .map((participant) => ({ call: call.id, participant: participant })),
    )
  }

  #find(call: string): CallRow | undefined {
    return this.#parts.engine.state.calls.get(call)
  }
}

export const createEngineSide = (parts: SideParts): CallSide => new EngineSide(parts)
