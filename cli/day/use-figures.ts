/** How devices and counters were used on a real day. */
import { shareOf } from '#hub/figures/spread.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { overlap, type Span, united } from '../floor/quarters.ts'
import { countersOf, endOf, fileOfDay, lengthOf } from '../journal/day-timeline.ts'
import type { Material } from './material.ts'

export const deviceFigures = (
  { day, tasks }: Material,
  openSpans: readonly Span[],
): DayFigures['devices'] => {
  const openMs = lengthOf(openSpans)
  return Object.fromEntries(
    (fileOfDay(day)?.devices ?? []).map(({ id, kind }) => {
      const own = tasks.filter(({ member, beganAt }) => member === id && beganAt !== null)
      const busy = united(
        own.map(({ beganAt, endedAt }) => ({ from: beganAt as number, until: endedAt ?? endOf(day) })),
      )
      return [id, { kind, busyShare: shareOf(lengthOf(overlap(busy, openSpans)), openMs), tasks: own.length }]
    }),
  )
}

export const counterFigures = ({ day, tickets }: Material): DayFigures['counters'] =>
  Object.fromEntries(
    [...countersOf(day)].map(([id, stretches]) => {
      const own = tickets.filter(({ counter, calledAt }) => counter === id && calledAt !== null)
      const serving = united(
        own.map(({ calledAt, endedAt }) => ({ from: calledAt as number, until: endedAt ?? endOf(day) })),
      )
      return [
        id,
        {
          openMs: lengthOf(stretches.filter(({ state }) => state.state === 'open')),
          servingMs: lengthOf(serving),
          served: own.filter(({ outcome }) => outcome === 'served').length,
        },
      ]
    }),
  )
