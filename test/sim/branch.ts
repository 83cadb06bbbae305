/** The small branch of the simulation: few members, so that they are scarce and everything meets everything. */
import { BranchFile } from '#hub/branch/file.ts'

export const branchName = 'sim'

export const simDevices = [
  { id: 'robot-1', kind: 'robot', zone: 'entrance' },
  { id: 'robot-2', kind: 'robot', zone: 'waiting' },
  { id: 'screen-1', kind: 'screen', zone: 'entrance' },
  { id: 'screen-2', kind: 'screen', zone: 'waiting' },
  { id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks' },
  { id: 'kiosk-2', kind: 'kiosk', zone: 'kiosks' },
  { id: 'camera-1', kind: 'camera', zone: 'entrance' },
  { id: 'tickets-1', kind: 'ticket-machine', zone: 'entrance' },
] as const

export const people = ['mei', 'bo'] as const

const zone = (id: string, kind: string, x: number) => ({ id, kind, title: id, limit: 12, at: { x, y: 0 } })

export interface SimBranch {
  /** Share of visits that see no promotion; null: there are no campaigns. */
  readonly holdoutShare: number | null
}

export const simBranch = ({ holdoutShare }: SimBranch = { holdoutShare: 0.2 }): BranchFile =>
  BranchFile.parse({
    branch: branchName,
    title: 'Simulated branch',
    timeZone: 'UTC',
    mode: 'open',
    zones: [
      zone('entrance', 'entrance', 0),
      zone('waiting', 'waiting', 10),
      zone('kiosks', 'kiosks', 20),
      zone('counters', 'counters', 30),
    ],
    places: [
      { id: 'rest-1', zone: 'waiting', kind: 'rest', at: { x: 12, y: 2 } },
      { id: 'dock-1', zone: 'counters', kind: 'charger', at: { x: 31, y: 2 } },
      { id: 'door', zone: 'entrance', kind: 'door', at: { x: 0, y: 1 } },
    ],
    services: [
      { id: 'card', title: 'Card', selfService: true, kioskMs: 60_000, serviceMs: 240_000 },
      { id: 'cash', title: 'Cash', serviceMs: 180_000 },
    ],
    counters: [
      { id: 'c1', zone: 'counters', services: ['card', 'cash'], state: 'open' },
      { id: 'c2', zone: 'counters', services: ['card', 'cash'], state: 'closed' },
    ],
    devices: simDevices,
    staff: [
      { id: 'mei', title: 'Mei', roles: ['manager', 'lobby'], canOpenCounters: true, zone: 'waiting' },
      { id: 'bo', title: 'Bo', roles: ['lobby', 'guard', 'adviser'], zone: 'entrance' },
    ],
    campaigns:
      holdoutShare === null
        ? []
        : [
            {
              id: 'fund',
              product: 'fund',
              words: { zh: '基金', en: 'A fund' },
              zones: ['waiting'],
              holdoutShare,
              perDay: 40,
            },
          ],
  })
