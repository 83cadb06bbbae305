/**
 * Devices without a hub, for the model alone: kiosks keep their sessions, the ticket machine changes tickets, and a
 * diversion of the simplest kind greets everybody and sends ticket holders to kiosks.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { KioskUse } from '#simulators/devices/kiosk-use.ts'
import type { FleetDevice } from '#simulators/fleet.ts'
import { createEventClock, type EventClock } from '#simulators/lobby/event-clock.ts'
import { membersOf } from '#simulators/lobby/members.ts'
import { createLobbyModel, type LobbyModel } from '#simulators/lobby/model.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'

export interface Sensed {
  readonly atMs: number
  readonly device: string
  readonly name: EventName
  readonly data: Record<string, unknown>
}

export interface Played {
  readonly model: LobbyModel
  readonly clock: EventClock
  readonly sensed: readonly Sensed[]
  readonly streamed: readonly string[]
  named(name: EventName): readonly Sensed[]
  tell(device: string, entry: object): void
}

export interface Meddling {
  /** Part of those with a ticket who are invited to a kiosk. */
  readonly invites?: (ticket: string) => boolean
  readonly greets?: boolean
}

/** A model with devices that hear and say nothing of their own accord, besides what the meddling says. */
export const playWithDevices = (
  scenario: Scenario,
  seed: string | number,
  { invites, greets = false }: Meddling = {},
): Played => {
  const clock = createEventClock()
  const sensed: Sensed[] = []
  const streamed: string[] = []
  const listeners = new Map<string, (entry: JournalEntry) => void>()
  const faults = new Set<string>()
  const sessions = new Map<string, KioskUse>()
  const tell = (device: string, entry: object) =>
    listeners.get(device)?.({ at: clock.now(), device, boot: 'b', ...entry } as JournalEntry)
  const ticketMachine = membersOf(scenario).find(({ kind }) => kind === 'ticket-machine')?.id ?? ''
  const robot = membersOf(scenario).find(({ kind }) => kind === 'robot')?.id ?? ''
  const kiosks = membersOf(scenario).filter(({ kind }) => kind === 'kiosk')
  const ticketed = (ticket: string | undefined, action: string) => {
    if (ticket !== undefined) tell(ticketMachine, { kind: 'ticketed', ticket, action })
  }
  const endSession = (id: string, state: 'finished' | 'abandoned' | 'failed') => {
    const use = sessions.get(id)
    if (use === undefined) return
    sessions.delete(id)
    tell(id, { kind: 'session', state })
    if (invites !== undefined) ticketed(use.ticket, state === 'finished' ? 'release' : 'restore')
  }
  const use = (id: string, how: KioskUse) => {
    if (faults.has(id)) return
    sessions.set(id, how)
    tell(id, { kind: 'session', state: 'started' })
    const breaks = how.breaks !== undefined
    clock.after(breaks || how.abandons === true ? how.forMs / 2 : how.forMs, () => {
      if (sessions.get(id) === how)
        endSession(id, breaks ? 'failed' : how.abandons === true ? 'abandoned' : 'finished')
    })
  }
  const invite = (ticket: string, service: string) => {
    const kiosk = kiosks[Number(ticket.slice(1)) % kiosks.length]?.id ?? ''
    model.people.ask({ kind: 'offer', device: 'screen-waiting-1', ticket, service, kiosk }, ({ offer }) => {
      if (offer === 'accepted') ticketed(ticket, 'hold')
    })
  }
  const react = <N extends EventName>(name: N, data: EventData<N>) => {
    const { ticket, service } = data as { ticket?: string; service?: string }
    if (
      name === 'ticket.issued' &&
      ticket !== undefined &&
      service !== undefined &&
      invites?.(ticket) === true
    )
      clock.after(20_000, () => invite(ticket, service))
    if (greets && name === 'visitor.detected')
      clock.after(2_000, () => model.people.ask({ kind: 'intent', device: robot }, () => {}))
  }
  const devices = membersOf(scenario).map(
    ({ id, kind }): FleetDevice => ({
      id,
      kind,
      sense(name, data) {
        sensed.push({ atMs: clock.now(), device: id, name, data: { ...data } })
        react(name, data)
      },
      use: (how) => use(id, how),
      listen: (listener) => void listeners.set(id, listener),
      setFault(reason) {
        if (reason === undefined) faults.delete(id)
        else {
          faults.add(id)
          endSession(id, 'failed')
        }
      },
      stream: (name) => void streamed.push(name),
    }),
  )
  const model = createLobbyModel({ scenario, seed, clock, devices: () => devices })
  model.start()
  return { model, clock, sensed, streamed, tell, named: (name) => sensed.filter((one) => one.name === name) }
}

/** Until everybody has gone home. */
export const playOut = (played: Played): Played => {
  const { model, clock } = played
  while (!model.finished() && clock.now() < model.endMs + 3_600_000 && clock.runNext()) {
    // One event after the other.
  }
  model.stop()
  return played
}
