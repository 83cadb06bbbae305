/** What is told of one simulated day: its figures and its record, and when devices and staff were asked to do what. */
import type { Reason } from '#protocol/intents.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { DayRecord } from '#simulators/lobby/record.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import type { SimulatedDay } from './day.ts'
import type { laneTitles } from './report-words.ts'

export interface Mark {
  /** From local midnight. */
  readonly atMs: number
  /** The device that acted, or why staff was asked. */
  readonly what: string | Reason
}

export interface StoryLane {
  readonly id: keyof typeof laneTitles
  readonly marks: readonly Mark[]
}

type Titles = Readonly<Record<string, string>>

/** What is drawn of the branch. */
export interface StoryBranch {
  readonly id: string
  readonly title: Titles
  readonly zones: readonly {
    readonly id: string
    readonly title: Titles
    readonly at: { x: number; y: number } | null
    readonly box: Scenario['floor']['zones'][string] | null
  }[]
  readonly devices: readonly {
    readonly id: string
    readonly kind: string
    readonly title: Titles
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

const actions = ['greet', 'offer-service', 'guide', 'promote'] as const

const wasAlert = (code: string) => !code.startsWith('alert.')

const lanesOf = ({ logs, tasks, decisions, midnight }: SimulatedDay): readonly StoryLane[] => {
  const begun = logs.filter((line): line is Begun => line.kind === 'begun')
  const inOrder = (marks: readonly Mark[]) => marks.toSorted((a, b) => a.atMs - b.atMs)
  const byDevices = actions.map((capability): StoryLane => {
    // What runs on an idle screen is for nobody in particular.
    const own = begun.filter(
      (line) => line.capability === capability && (capability !== 'promote' || line.visit !== undefined),
    )
    return {
      id: capability,
      marks: inOrder(own.map(({ at, device }) => ({ atMs: at - midnight, what: device }))),
    }
  })
  const calls = tasks.flatMap(({ attempts, intent }) => {
    const first = attempts.find(({ member }) => member.startsWith('person/'))
    return first === undefined ? [] : [{ atMs: first.offeredAt - midnight, what: intent.because }]
  })
  const alerts = decisions
    .filter(({ record }) => record.kind === 'alert' && wasAlert(record.code))
    .map(({ at, record }) => ({
      atMs: at - midnight,
      what: { code: record.code, ...(record.params !== undefined && { params: record.params }) },
    }))
  return [...byDevices, { id: 'staff', marks: inOrder(calls) }, { id: 'alerts', marks: inOrder(alerts) }]
}

const branchOf = ({ branch }: SimulatedDay, floor: Scenario['floor']): StoryBranch => {
  const zones = new Map(branch.zones.map((zone) => [zone.id, zone]))
  const places = new Map(branch.places.map((place) => [place.id, place]))
  return {
    id: branch.branch,
    title: branch.title,
    zones: branch.zones.map(({ id, title, at }) => ({
      id,
      title,
      at: at ?? null,
      box: floor.zones[id] ?? null,
    })),
    devices: branch.devices.map(({ id, kind, title, place, zone }) => {
      const at = places.get(place ?? '')?.at ?? zones.get(zone ?? '')?.at
      return { id, kind, title, at: at === undefined ? null : { x: at.x, y: at.y } }
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
