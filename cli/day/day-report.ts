/**
 * The key figures of a real day, the same as of a simulated one, from what the journal knows. A sensor does not see
 * everything: what cannot be known is null, with the reason.
 */
import type { DayFigures } from '../figures/day-figures.ts'
import { modesOf } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { diversionFigures, greetingFigures, promotionFigures, staffFigures } from './flow-figures.ts'
import { type Material, materialOf } from './material.ts'
import { counterFigures, deviceFigures } from './use-figures.ts'
import { announcedFigures, visitorFigures, waitFigures } from './waiting-figures.ts'

export interface NotKnown {
  /** As in `figures`: `greeting.duplicates`. */
  readonly figure: string
  readonly why: string
}

export interface DayReport {
  readonly branch: string
  readonly day: string
  readonly timeZone: string
  readonly figures: DayFigures
  readonly notKnown: readonly NotKnown[]
}

const never: readonly NotKnown[] = [
  {
    figure: 'greeting.duplicates',
    why: 'the journal forbids a second one (a claim a visit); devices’ own logs would prove it',
  },
  { figure: 'greeting.heardMs', why: 'a device tells when it begins and ends, not when it was heard' },
  { figure: 'greeting.mistaken', why: 'no sensor knows that it took one person for another' },
  { figure: 'diversion.eligible', why: 'nobody asks everyone whether a kiosk could do their errand' },
  { figure: 'diversion.finishedShare', why: 'a share of those who could; see diversion.eligible' },
  { figure: 'promotion.repeats', why: 'the journal does not keep which campaign a past visit was shown' },
]

const notKnownOf = (figures: DayFigures, { day }: Material): readonly NotKnown[] => {
  const { visitors, wait, announced, greeting } = figures
  const { erased } = day
  return [
    ...never,
    ...(visitors.came === null ? [{ figure: 'visitors.came', why: 'no sensor counts who comes in' }] : []),
    ...(wait.ms === null
      ? [{ figure: 'wait', why: 'no ticket was called, finished at a kiosk or given up' }]
      : []),
    ...(wait.sinceArrivalMs === null
      ? [{ figure: 'wait.sinceArrivalMs', why: 'no ticket was taken under the eye of a camera' }]
      : []),
    ...(announced === null
      ? [
          {
            figure: 'announced',
            why: 'the queue system announced no wait; what the hub itself works out is not kept',
          },
        ]
      : []),
    ...(greeting.latencyMs === null ? [{ figure: 'greeting.latencyMs', why: 'nobody was greeted' }] : []),
    ...(erased.bodies > 0 || erased.records > 0
      ? [
          {
            figure: 'all',
            why: `${erased.bodies} entries and the records of ${erased.records} were erased; the figures count what is left`,
          },
        ]
      : []),
  ]
}

export const dayReport = (day: RecordedDay): DayReport => {
  const material = materialOf(day)
  const openSpans = modesOf(day).filter(({ state }) => state === 'open')
  const figures: DayFigures = {
    visitors: visitorFigures(material),
    wait: waitFigures(material),
    announced: announcedFigures(material),
    greeting: greetingFigures(material),
    diversion: diversionFigures(material),
    promotion: promotionFigures(material),
    staff: staffFigures(material),
    devices: deviceFigures(material, openSpans),
    counters: counterFigures(material),
  }
  const { branch, timeZone } = day
  return { branch, day: day.day, timeZone, figures, notKnown: notKnownOf(figures, material) }
}
