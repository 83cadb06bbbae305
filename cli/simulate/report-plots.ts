/** The drawings of a simulated day, made from its record. */
import type { Markup } from '#adapters/conformance/report/markup.ts'
import { shareOf } from '#hub/figures/spread.ts'
import type { CounterInterval, DayRecord, DeviceInterval } from '#simulators/lobby/record.ts'
import { waitOf } from '../figures/record-figures.ts'
import { type Tongue, titled } from '../io/language.ts'
import { floorPlan, heatScale as scaleOfHeat } from '../report/floor-plan.ts'
import { histogram } from '../report/histogram.ts'
import { type Lane, queuePlot, type Series } from '../report/queue-plot.ts'
import { type SpanKind, type TimelineRow, timeline } from '../report/timeline.ts'
import { unknown, valueText } from '../report/values.ts'
import { sayWhy } from '../words/why.ts'
import { doings, laneTitles, simulateWords } from './report-words.ts'
import type { Arm } from './result.ts'
import type { DayStory, StoryLane } from './story.ts'

/** All queues together: each change of one is a change of the sum. */
export const totalWaiting = ({ queueLengths, fromMs }: DayRecord): Series['points'] => {
  const now = new Map<string, number>()
  let total = 0
  const points = [{ atMs: fromMs, value: 0 }]
  for (const { atMs, service, waiting } of queueLengths) {
    total += waiting - (now.get(service) ?? 0)
    now.set(service, waiting)
    if (points.at(-1)?.atMs === atMs) points.pop()
    points.push({ atMs, value: total })
  }
  return points
}

const laneOf = ({ id, marks }: StoryLane, tongue: Tongue): Lane => ({
  title: laneTitles[id][tongue],
  kind: id === 'alerts' ? 'alert' : 'action',
  marks: marks.map(({ atMs, what }) => ({
    atMs,
    title: typeof what === 'string' ? what : sayWhy(what, tongue),
  })),
})

export const queues = (arms: readonly Arm[], tongue: Tongue): Markup => {
  const [first] = arms as readonly [Arm]
  const { fromMs, untilMs } = first.story.record
  return queuePlot({
    from: fromMs,
    to: Math.max(untilMs, ...arms.map(({ story }) => story.record.untilMs)),
    series: arms.map(({ title, story }) => ({ title, points: totalWaiting(story.record) })),
    lanes: first.story.lanes.map((lane) => laneOf(lane, tongue)),
    tongue,
  })
}

export const waits = (arms: readonly Arm[], tongue: Tongue): Markup =>
  histogram(
    arms.map(({ title, story }) => ({
      title: simulateWords(tongue).columns.policyShort(title),
      ms: story.record.visitors.map(waitOf).filter((ms) => ms !== null),
    })),
    tongue,
  )

const counterSpan: Readonly<Record<CounterInterval['state'], SpanKind | null>> = {
  serving: 'work',
  open: 'ready',
  paused: 'away',
  closed: null,
}

const spansOf = <T extends { readonly fromMs: number; readonly untilMs: number; readonly state: string }>(
  intervals: readonly T[],
  kindOf: (interval: T) => SpanKind | null,
  title: (interval: T) => string,
): TimelineRow['spans'] =>
  intervals.flatMap((interval) => {
    const kind = kindOf(interval)
    const { fromMs, untilMs: toMs } = interval
    return kind === null ? [] : [{ fromMs, toMs, kind, title: title(interval) }]
  })

const doing = (id: string, tongue: Tongue): string => doings[id]?.[tongue] ?? id

export const counters = ({ record, figures }: DayStory, tongue: Tongue): Markup =>
  timeline({
    from: record.fromMs,
    to: record.untilMs,
    label: simulateWords(tongue).drawn.countersOverDay,
    tongue,
    rows: Object.entries(figures.counters).map(([id, { openMs, servingMs, served }]) => ({
      title: id,
      note: `${served} · ${valueText(shareOf(servingMs, openMs), 'share', tongue)}`,
      spans: spansOf(
        record.counters.filter(({ counter }) => counter === id),
        ({ state }) => counterSpan[state],
        ({ state, ticket }) => `${doing(state, tongue)}${ticket === null ? '' : ` ${ticket}`}`,
      ),
    })),
  })

const deviceSpan: Readonly<Record<DeviceInterval['state'], SpanKind>> = {
  busy: 'work',
  charging: 'ready',
  blocked: 'away',
  faulted: 'trouble',
}

/** Sensors work all day and are asked for nothing. */
const acting = new Set(['robot', 'screen', 'kiosk'])

export const devices = ({ record, figures, branch }: DayStory, tongue: Tongue): Markup =>
  timeline({
    from: record.fromMs,
    to: record.untilMs,
    label: simulateWords(tongue).drawn.devicesOverDay,
    tongue,
    rows: branch.devices
      .filter(({ kind }) => acting.has(kind))
      .map(({ id, title }) => {
        const { tasks = 0, busyShare = null } = figures.devices[id] ?? {}
        return {
          title: titled(title, tongue) || id,
          note: tasks === 0 ? unknown : `${tasks} · ${valueText(busyShare, 'share', tongue)}`,
          spans: spansOf(
            record.devices.filter(({ device }) => device === id),
            ({ state }) => deviceSpan[state],
            ({ state, doing: what }) => doing(what ?? state, tongue),
          ),
        }
      }),
  })

export const heatScale = ({ record }: DayStory, tongue: Tongue): ReturnType<typeof scaleOfHeat> =>
  scaleOfHeat(
    record.heat.personSeconds.map((seconds) => ({ seconds })),
    tongue,
  )

export const heat = ({ record, branch }: DayStory, tongue: Tongue): Markup => {
  const { x, y, cellMetres, columns, personSeconds } = record.heat
  return floorPlan({
    tongue,
    cellM: cellMetres,
    cells: personSeconds.map((seconds, index) => ({
      x: x + (index % columns) * cellMetres,
      y: y + Math.floor(index / columns) * cellMetres,
      seconds,
    })),
    zones: branch.zones.flatMap(({ id, title, at, box }) =>
      at === null ? [] : [{ title: titled(title, tongue) || id, at, ...(box !== null && { box }) }],
    ),
    marks: branch.devices.flatMap(({ id, title, at, kind }) =>
      at === null ? [] : [{ title: titled(title, tongue) || id, at, kind }],
    ),
  })
}
