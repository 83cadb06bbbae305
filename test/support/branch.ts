/** A small branch that lives by entries: hub time, due timers in their order, and what was told and recorded. */
import { parseBranchFile } from '#hub/branch/load.ts'
import { reduceBranch } from '#hub/branch/reduce.ts'
import { createView } from '#hub/branch/view.ts'
import type { Command, EntryBody } from '#hub/engine/entry.ts'
import type { HubSettings } from '#hub/engine/settings.ts'
import type { BranchState, TimerRow } from '#hub/engine/state.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { type EventData, type EventName, events } from '#protocol/events.ts'
import type { Fact, FactType } from '#protocol/flow-events.ts'
import type { BranchView } from '#protocol/model.ts'
import { createTestState, createTestTurn, type TestTurn } from './turn.ts'

export const branchYaml = `
branch: lobby-1
title: Test branch
timeZone: Asia/Shanghai
zones:
  - { id: entrance, kind: entrance, at: { x: 0, y: 0 } }
  - { id: waiting, kind: waiting, limit: 20, keepClear: [exit-way], at: { x: 5, y: 0 } }
  - { id: kiosks, kind: kiosks }
  - { id: counters, kind: counters }
  - { id: back-office, kind: other, staffOnly: true }
places:
  - { id: exit-way, zone: waiting }
  - { id: charger-1, zone: entrance, kind: charger }
services:
  - { id: cash, serviceMs: 240000 }
  - { id: cards, selfService: true, kioskMs: 120000 }
counters:
  - { id: c1, services: [cash, cards], zone: counters, state: open }
  - { id: c2, services: [cash], zone: counters, state: open }
devices:
  - { id: robot-1, kind: robot, zone: entrance, place: charger-1, settings: { volume: 3 } }
  - { id: camera-1, kind: camera, zone: entrance }
  - { id: camera-2, kind: camera, zone: entrance }
  - { id: tickets-1, kind: ticket-machine, zone: entrance }
  - { id: kiosk-1, kind: kiosk, zone: kiosks, gateway: gateway-1 }
  - { id: gateway-1, kind: gateway }
staff:
  - { id: li, roles: [lobby], zone: waiting }
  - { id: wang, roles: [teller], canOpenCounters: true }
campaigns:
  - { id: gold, product: gold-card, words: { en: Gold } }
`

export interface TestBranch {
  readonly state: BranchState
  readonly facts: Fact[]
  readonly decisions: DecisionRecord[]
  readonly at: () => number
  readonly view: () => BranchView
  /** Decides one entry now. */
  send(body: EntryBody): TestTurn
  event<N extends EventName>(device: string, name: N, data: EventData<N>): TestTurn
  command(command: Command): TestTurn
  /** Lets time pass; due timers become entries at their deadlines. */
  advance(ms: number): void
  /** The hub is down for so long, and starts again: what came due meanwhile is still waiting. */
  restart(awayMs: number): void
  /** Facts of that type so far. */
  told<T extends FactType>(type: T): readonly Extract<Fact, { type: T }>[]
}

export interface TestBranchParts {
  readonly yaml?: string
  /** Default: Monday 2026-03-02, 09:00 in Shanghai. */
  readonly at?: number
  readonly settings?: Partial<HubSettings>
}

const firstDue = (state: BranchState, at: number): TimerRow | undefined => {
  let first: TimerRow | undefined
  for (const timer of state.timers.values()) {
    if (timer.deadline > at) continue
    if (first === undefined || timer.deadline < first.deadline) first = timer
  }
  return first
}

export const createTestBranch = (parts: TestBranchParts = {}): TestBranch => {
  const state = createTestState()
  const facts: Fact[] = []
  const decisions: DecisionRecord[] = []
  let at = parts.at ?? Date.parse('2026-03-02T01:00:00Z')
  let seq = 0
  const send = (body: EntryBody): TestTurn => {
    seq += 1
    const turn = createTestTurn({ state, at, body, seq, ...(parts.settings && { settings: parts.settings }) })
    if (body.kind === 'timer') turn.clearTimer(body.owner, body.name)
    reduceBranch(turn)
    facts.push(...turn.facts)
    decisions.push(...turn.decisions)
    return turn
  }
  send({ kind: 'config', file: parseBranchFile(parts.yaml ?? branchYaml), revision: 0, by: 'operator' })
  return {
    state,
    facts,
    decisions,
    at: () => at,
    view: () => createView(state, at),
    send,
    event: (device, name, data) => send({ kind: 'event', device, name, data: events[name].parse(data) }),
    command: (command) => send({ kind: 'command', command }),
    advance: (ms) => {
      const until = at + ms
      for (let due = firstDue(state, until); due !== undefined; due = firstDue(state, until)) {
        at = Math.max(at, due.deadline)
        send({ kind: 'timer', owner: due.owner, name: due.name, deadline: due.deadline })
      }
      at = until
    },
    restart: (awayMs) => {
      at += awayMs
      send({ kind: 'start', versions: { hub: 'test', xstate: 'test', flows: {} }, reason: 'restart' })
    },
    told: (type) => facts.filter((fact): fact is never => fact.type === type),
  }
}
