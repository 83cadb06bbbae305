/** The branch that is crashed: few members, so that they are scarce, and short deadlines, so that it settles soon. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Member } from '#simulators/fleet.ts'

export const branchName = 'crash'
export const people = ['mei', 'bo', 'lin', 'jo'] as const

/** Its own acting takes a fiftieth of the time, so that many tasks fit into a round. */
const pace = 0.02
const quick = { pace, people: { accept: 0.6, decline: 0.2, intent: 0.3 } }

/** Some die by themselves right after acting or in the middle of it; the run kills others. */
export const members: readonly Member[] = [
  { id: 'robot-1', kind: 'robot', behaviour: quick },
  { id: 'robot-2', kind: 'robot', behaviour: { ...quick, dies: { share: 0.02, when: 'acted' } } },
  { id: 'robot-3', kind: 'robot', behaviour: { ...quick, dies: { share: 0.02, when: 'mid-task' } } },
  { id: 'screen-1', kind: 'screen', behaviour: { ...quick, dies: { share: 0.01, when: 'acted' } } },
  { id: 'screen-2', kind: 'screen', behaviour: quick },
  { id: 'kiosk-1', kind: 'kiosk', behaviour: quick },
  { id: 'kiosk-2', kind: 'kiosk', behaviour: quick },
  { id: 'camera-1', kind: 'camera', behaviour: quick },
  { id: 'tickets-1', kind: 'ticket-machine', behaviour: quick },
]

const zones: Readonly<Record<string, string>> = {
  'robot-1': 'entrance',
  'robot-2': 'waiting',
  'robot-3': 'kiosks',
  'screen-1': 'entrance',
  'screen-2': 'waiting',
  'kiosk-1': 'kiosks',
  'kiosk-2': 'kiosks',
}

const zone = (id: string, kind: string, x: number) => ({ id, kind, title: id, limit: 60, at: { x, y: 0 } })

const branchFile = {
  branch: branchName,
  title: 'Crash runs',
  timeZone: 'UTC',
  mode: 'open',
  zones: [
    zone('entrance', 'entrance', 0),
    zone('waiting', 'waiting', 4),
    zone('kiosks', 'kiosks', 8),
    zone('counters', 'counters', 12),
  ],
  services: [
    { id: 'card', title: 'Card', selfService: true, kioskMs: 4_000, serviceMs: 6_000 },
    { id: 'cash', title: 'Cash', serviceMs: 6_000 },
  ],
  counters: [
    { id: 'c1', zone: 'counters', services: ['card', 'cash'], state: 'open' },
    { id: 'c2', zone: 'counters', services: ['card', 'cash'], state: 'closed' },
  ],
  devices: members.map(({ id, kind }) => ({ id, kind, zone: zones[id] ?? 'entrance' })),
  staff: people.map((id) => ({ id, title: id, roles: ['manager', 'lobby'], zone: 'waiting' })),
  campaigns: [
    {
      id: 'savings',
      product: 'savings',
      segments: ['personal'],
      words: { en: 'Savings.', zh: '储蓄。' },
      zones: ['waiting'],
      holdoutShare: 0,
    },
  ],
  flows: {
    // Everybody is somebody of their own: as many greetings as the members can carry.
    greeting: {
      policy: {
        groupMs: 0,
        screensAbovePerMinute: 1_000_000,
        intentWaitMs: 1_000,
        greetForMs: 3_000,
        guideForMs: 10_000,
      },
    },
    promotion: { policy: { dwellMs: 1_000, showForMs: 3_000, pauseMs: 500, silentAboveWaiting: 500 } },
    diversion: { policy: { enterLength: 3, leaveLength: 1, holdMs: 0, easeMs: 1_000 } },
    // Every call for help is one of its own, and people are asked as often as there is something to ask.
    assistance: { policy: { waitMs: 10_000, alertAfterMs: 5_000, sameRequestMs: 0, attemptsMax: 10 } },
  },
}

export interface Ports {
  readonly mqtt: number
  readonly http: number
}

export interface HubSettingsChange {
  readonly trust?: 'declared' | 'claimed'
  readonly limits?: Readonly<Record<string, number>>
  readonly settings?: Readonly<Record<string, number>>
  /** Settings of flows, instead of those of crash runs. */
  readonly flows?: Readonly<Record<string, unknown>>
}

/** @returns the settings file of the hub. */
export const layOutHub = (
  folder: string,
  { mqtt, http }: Ports,
  { trust = 'declared', limits = {}, settings = {}, flows = branchFile.flows }: HubSettingsChange = {},
): string => {
  mkdirSync(folder, { recursive: true })
  // JSON is YAML too.
  writeFileSync(join(folder, 'branch.yaml'), JSON.stringify({ ...branchFile, flows }))
  const config = {
    branch: 'branch.yaml',
    data: 'data',
    mqtt: { loopback: { port: mqtt, trust }, tls: false, limits },
    http: { port: http },
    settings: {
      seed: 'crash',
      reconnectGraceMs: 1_000,
      resendMs: 500,
      interruptionsMax: 1_000,
      ...settings,
    },
    log: { level: 'info' },
  }
  const file = join(folder, 'hub.yaml')
  writeFileSync(file, JSON.stringify(config))
  return file
}
