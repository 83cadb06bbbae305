/** A whole result made by hand, with names that would break a careless page. */
import { figureRows } from '#cli/figures/figure-rows.ts'
import { recordFigures } from '#cli/figures/record-figures.ts'
import { pair } from '#cli/io/language.ts'
import { compare, compareRow } from '#cli/simulate/compare.ts'
import type { Arm, SimulationResult } from '#cli/simulate/result.ts'
import type { DayStory } from '#cli/simulate/story.ts'
import type { DayRecord } from '#simulators/lobby/record.ts'
import { gaveUp, madeDay, openMs, served } from './made-day.ts'

export const evil = `<script>alert("x")</script> & 'co'`

const named = { en: evil, zh: evil }

const none = { tasks: [], decisions: [], campaignCaps: new Map(), midnight: 0 }

const figuresOf = (record: DayRecord) =>
  recordFigures({ record, logs: [], kinds: new Map([['robot-1', 'robot']]), ...none })

const longer: DayRecord = { ...madeDay, visitors: [served, gaveUp, { ...gaveUp, id: 'v5' }] }

const storyOf = (record: DayRecord): DayStory => ({
  figures: figuresOf(record),
  record,
  lanes: [
    { id: 'greet', marks: [{ atMs: openMs + 60_000, what: evil }] },
    { id: 'alerts', marks: [{ atMs: openMs + 120_000, what: { code: 'zone-crowded' } }] },
  ],
  branch: {
    id: 'made',
    title: named,
    zones: [
      { id: 'z', title: named, at: { x: 1, y: 1 }, box: { x: 0, y: 0, width: 2, height: 2 } },
      { id: 'nowhere', title: {}, at: null, box: null },
    ],
    devices: [
      { id: 'robot-1', kind: 'robot', title: named, at: { x: 1, y: 0.5 } },
      { id: 'camera-1', kind: 'camera', title: { en: 'camera', zh: '摄像头' }, at: null },
    ],
    counters: ['counter-1'],
  },
  counts: { entries: 100, batches: 90 },
})

const armOf = (title: string, record: DayRecord): Arm => ({
  title,
  days: [figuresOf(record), figuresOf(record)],
  story: storyOf(record),
})

const first = armOf(evil, madeDay)
const second = armOf('off', longer)
const wait = figureRows.find(({ id }) => id === 'meanWait') as (typeof figureRows)[number]

export const oneArm: SimulationResult = {
  scenario: { name: 'made', title: named, about: {} },
  real: { file: evil, tickets: 3, date: '2026-03-02' },
  seeds: ['1'],
  arms: [{ ...first, days: first.days.slice(0, 1) }],
  comparison: null,
  sensitivity: null,
  command: `usher simulate ${evil}`,
}

export const twoArms: SimulationResult = {
  ...oneArm,
  seeds: ['1', '2'],
  arms: [first, second],
  comparison: compare(first.days, second.days),
  sensitivity: [
    {
      assumption: pair(evil, evil),
      factor: 2,
      wait: compareRow(first.days, second.days, wait),
      finished: compareRow(first.days, second.days, wait),
    },
  ],
}
