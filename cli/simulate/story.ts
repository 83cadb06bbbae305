/** What is told of one simulated day: its figures and its record, and when devices and staff were asked to do what. */
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { DayRecord } from '#simulators/lobby/record.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import type { SimulatedDay } from './day.ts'

export interface Mark {
  /** From local midnight. */
  readonly atMs: number
  readonly title: string
}

export interface StoryLane {
  readonly title: string
  readonly kind: 'action' | 'alert'
  readonly marks: readonly Mark[]
}

/** What is drawn of the branch. Titles in English where there are any. */
export interface StoryBranch {
  readonly title: string
  readonly zones: readonly {
    readonly id: string
    readonly title: string
    readonly at: { x: number; y: number } | null
    readonly box: Scenario['floor']['zones'][string] | null
  }[]
  readonly devices: readonly {
    readonly id: string
    readonly kind: string
    readonly title: string
    readonly at: { x: number; y: number } | null
  }[]
  readonly counters: readonly string[]
}

export interface DayStory {
  readonly figures: DayFigures
  readonly record: DayRecord
  readonly lanes: readonly StoryLane[]
  readonly branch: StoryBranch
  readonly counts: SimulatedDay['counts']
}

type Begun = Extract<JournalEntry, { kind: 'begun' }>

const actions = [
  { title: 'Greetings', capability: 'greet' },
  { title: 'Invitations to a kiosk', capability: 'offer-service' },
  { title: 'Led by a robot', capability: 'guide' },
  { title: 'Promotions', capability: 'promote' },
] as const

const wasAlert = (code: string) => code !== 'alert.cleared' && code !== 'alert.claimed'

const lanesOf = ({ logs, tasks, decisions, midnight }: SimulatedDay): readonly StoryLane[] => {
  const begun = logs.filter((line): line is Begun => line.kind === 'begun')
  const inOrder = (marks: readonly Mark[]) => marks.toSorted((a, b) => a.atMs - b.atMs)
  const byDevices = actions.map(({ title, capability }): StoryLane => {
    // What runs on an idle screen is for nobody in particular.
    const own = begun.filter(
      (line) => line.capability === capability && (capability !== 'promote' || line.visit !== undefined),
    )
    return {
      title,
      kind: 'action',
      marks: inOrder(own.map(({ at, device }) => ({ atMs: at - midnight, title: device }))),
    }
  })
  const calls = tasks.flatMap(({ attempts, intent }) => {
    const first = attempts.find(({ member }) => member.startsWith('person/'))
    return first === undefined ? [] : [{ atMs: first.offeredAt - midnight, title: intent.because.code }]
  })
  const alerts = decisions
    .filter(({ record }) => record.kind === 'alert' && wasAlert(record.code))
    .map(({ at, record }) => ({ atMs: at - midnight, title: record.code }))
  return [
    ...byDevices,
    { title: 'Staff called', kind: 'action', marks: inOrder(calls) },
    { title: 'Alerts', kind: 'alert', marks: inOrder(alerts) },
  ]
}

const branchOf = ({ branch }: SimulatedDay, floor: Scenario['floor']): StoryBranch => {
  const named = (title: Readonly<Record<string, string>>, id: string) =>
    title['en'] ?? Object.values(title)[0] ?? id
  const zones = new Map(branch.zones.map((zone) => [zone.id, zone]))
  const places = new Map(branch.places.map((place) => [place.id, place]))
  return {
    title: named(branch.title, branch.branch),
    zones: branch.zones.map(({ id, title, at }) => ({
      id,
      title: named(title, id),
      at: at ?? null,
      box: floor.zones[id] ?? null,
    })),
    devices: branch.devices.map(({ id, kind, title, place, zone }) => {
      const at = places.get(place ?? '')?.at ?? zones.get(zone ?? '')?.at
      return { id, kind, title: named(title, id), at: at === undefined ? null : { x: at.x, y: at.y } }
    }),
    counters: branch.counters.map(({ id }) => id),
  }
}

export const storyOf = (day: SimulatedDay, { floor }: Scenario): DayStory => ({
  figures: day.figures,
  record: day.record,
  lanes: lanesOf(day),
  branch: branchOf(day, floor),
  counts: day.counts,
})
