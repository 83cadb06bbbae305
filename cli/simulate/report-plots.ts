/** The drawings of a simulated day, made from its record. */
import type { CounterInterval, DayRecord, DeviceInterval } from '#simulators/lobby/record.ts'
import { waitOf } from '../figures/record-figures.ts'
import { shareOf } from '../figures/spread.ts'
import { floorPlan, heatScale as scaleOfHeat } from '../report/floor-plan.ts'
import { histogram } from '../report/histogram.ts'
import type { Markup } from '../report/html.ts'
import { queuePlot, type Series } from '../report/queue-plot.ts'
import { type SpanKind, type TimelineRow, timeline } from '../report/timeline.ts'
import { unknown, valueText } from '../report/values.ts'
import type { Arm } from './result.ts'
import type { DayStory } from './story.ts'

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

export const queues = (arms: readonly Arm[]): Markup => {
  const [first] = arms as readonly [Arm]
  const { fromMs, untilMs } = first.story.record
  return queuePlot({
    from: fromMs,
    to: Math.max(untilMs, ...arms.map(({ story }) => story.record.untilMs)),
    series: arms.map(({ title, story }) => ({ title, points: totalWaiting(story.record) })),
    lanes: first.story.lanes,
  })
}

export const waits = (arms: readonly Arm[]): Markup =>
  histogram(
    arms.map(({ title, story }) => ({
      title,
      ms: story.record.visitors.map(waitOf).filter((ms) => ms !== null),
    })),
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

export const counters = ({ record, figures }: DayStory): Markup =>
  timeline({
    from: record.fromMs,
    to: record.untilMs,
    label: 'What each counter did over the day',
    rows: Object.entries(figures.counters).map(([id, { openMs, servingMs, served }]) => ({
      title: id,
      note: `${served} · ${valueText(shareOf(servingMs, openMs), 'share')}`,
      spans: spansOf(
        record.counters.filter(({ counter }) => counter === id),
        ({ state }) => counterSpan[state],
        ({ state, ticket }) => `${state}${ticket === null ? '' : ` ${ticket}`}`,
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

export const devices = ({ record, figures, branch }: DayStory): Markup =>
  timeline({
    from: record.fromMs,
    to: record.untilMs,
    label: 'What each device did over the day',
    rows: branch.devices
      .filter(({ kind }) => acting.has(kind))
      .map(({ id, title }) => {
        const { tasks = 0, busyShare = null } = figures.devices[id] ?? {}
        return {
          title,
          note: tasks === 0 ? unknown : `${tasks} · ${valueText(busyShare, 'share')}`,
          spans: spansOf(
            record.devices.filter(({ device }) => device === id),
            ({ state }) => deviceSpan[state],
            ({ state, doing }) => doing ?? state,
          ),
        }
      }),
  })

export const heatScale = ({ record }: DayStory): ReturnType<typeof scaleOfHeat> =>
  scaleOfHeat(record.heat.personSeconds.map((seconds) => ({ seconds })))

export const heat = ({ record, branch }: DayStory): Markup => {
  const { x, y, cellMetres, columns, personSeconds } = record.heat
  return floorPlan({
    cellM: cellMetres,
    cells: personSeconds.map((seconds, index) => ({
      x: x + (index % columns) * cellMetres,
      y: y + Math.floor(index / columns) * cellMetres,
      seconds,
    })),
    zones: branch.zones.flatMap(({ title, at, box }) =>
      at === null ? [] : [{ title, at, ...(box !== null && { box }) }],
    ),
    marks: branch.devices.flatMap(({ title, at, kind }) => (at === null ? [] : [{ title, at, kind }])),
  })
}
