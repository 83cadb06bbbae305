/** What the line of the calls knows of them, and where what it tells becomes an entry. */
import type { BrowseFact } from '#protocol/calls/browse.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { Participant } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { fileOf } from '../branch/rows.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { BranchState } from '../engine/state.ts'
import type { CallCommand } from './commands.ts'
import { expertIn, kioskIn, openCalls } from './find.ts'
import { guestIn, isCustomerApart } from './guest.ts'
import { passOf } from './kiosk.ts'
import type { BrowsePair, CallParty, CallSide, Presence } from './line/side.ts'
import { servedKey } from './link/rows.ts'
import type { SharedCommand } from './shared.ts'

export interface SideParts {
  readonly engine: Pick<Engine, 'state' | 'submit'>
  readonly clock: Pick<Clock, 'after'>
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

/** A disk that is full for a moment keeps nobody in a call who has left it. */
const tellAgainMs = 2_000

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
    return { title: this.#titleOf(participant) }
  }

  areApart(call: string, one: Participant, other: Participant): boolean {
    const row = this.#find(call)
    return row !== undefined && isCustomerApart(row) && isExpert(one) !== isExpert(other)
  }

  onJoined(call: string, participant: Participant): void {
    this.#tell({ name: 'call.joined', call, participant, by: 'hub' })
  }

  onLeft(call: string, participant: Participant): void {
    this.#tell({ name: 'call.left', call, participant, by: 'hub' })
  }

  /** What ended meanwhile is over for whoever hangs up as well. */
  async onHangUp(call: string, participant: Participant): Promise<void> {
    try {
      await this.#submit({ name: 'call.hang-up', call, participant, by: participant })
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
    this.#tell({ name: 'call.browsed', call, fact, about, by })
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

  #titleOf(participant: Participant): CallParty['title'] {
    const { state } = this.#parts.engine
    const [role, id = ''] = participant.split(':')
    if (role === 'kiosk') return state.devices.get(id)?.title ?? {}
    if (role === 'manager') return state.staff.get(id)?.title ?? {}
    return fileOf(state)?.experts?.people.find((one) => one.id === id)?.title ?? {}
  }

  #submit(command: CallCommand | SharedCommand) {
    return this.#parts.engine.submit({ body: { kind: 'command', command } })
  }

  #tell(command: CallCommand | SharedCommand) {
    this.#submit(command).catch((error: unknown) => this.#onUntold(command, error))
  }

  #onUntold(command: CallCommand | SharedCommand, error: unknown) {
    const { clock, log } = this.#parts
    if (!(error instanceof UsherError))
      return log.error({ err: error }, 'who is in a call could not be noted')
    if (error.code !== 'store.full' && error.code !== 'hub.busy') return
    log.warn({ code: error.code }, 'who is in a call could not be noted; tried again')
    clock.after(tellAgainMs, () => this.#tell(command))
  }
}

export const createEngineSide = (parts: SideParts): CallSide => new EngineSide(parts)
