/**
 * The key figures of a real day, the same as of a simulated one, from what the journal knows. A sensor does not see
 * everything: what cannot be known is null, with the reason.
 */
import type { CallsOfDay } from '#hub/figures/calls.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import type { Pair } from '../io/language.ts'
import { modesOf } from '../journal/day-timeline.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { callFigures } from './call-figures.ts'
import { diversionFigures, greetingFigures, promotionFigures, staffFigures } from './flow-figures.ts'
import { type Material, materialOf } from './material.ts'
import { counterFigures, deviceFigures } from './use-figures.ts'
import { announcedFigures, visitorFigures, waitFigures } from './waiting-figures.ts'
import { erased as erasedWhy, whyNot } from './words.ts'

export interface NotKnown {
  /** As in `figures`: `greeting.duplicates`. */
  readonly figure: string
  readonly why: Pair<string>
}

export interface DayReport {
  readonly branch: string
  readonly day: string
  readonly timeZone: string
  readonly figures: DayFigures
  /** With remote experts; null: nobody asked for one. */
  readonly calls: CallsOfDay | null
  readonly notKnown: readonly NotKnown[]
}

const never: readonly NotKnown[] = [
  { figure: 'greeting.duplicates', why: whyNot.duplicates },
  { figure: 'greeting.heardMs', why: whyNot.heard },
  { figure: 'greeting.mistaken', why: whyNot.mistaken },
  { figure: 'diversion.eligible', why: whyNot.eligible },
  { figure: 'diversion.finishedShare', why: whyNot.finishedShare },
  { figure: 'promotion.repeats', why: whyNot.repeats },
]

const notKnownOf = (figures: DayFigures, { day }: Material): readonly NotKnown[] => {
  const { visitors, wait, announced, greeting } = figures
  const { bodies, records } = day.erased
  const found: readonly (NotKnown & { readonly isSo: boolean })[] = [
    { isSo: visitors.came === null, figure: 'visitors.came', why: whyNot.came },
    { isSo: wait.ms === null, figure: 'wait', why: whyNot.wait },
    { isSo: wait.sinceArrivalMs === null, figure: 'wait.sinceArrivalMs', why: whyNot.sinceArrival },
    { isSo: announced === null, figure: 'announced', why: whyNot.announced },
    { isSo: greeting.latencyMs === null, figure: 'greeting.latencyMs', why: whyNot.greeted },
    { isSo: bodies > 0 || records > 0, figure: 'all', why: erasedWhy(bodies, records) },
  ]
  return [...never, ...found.filter(({ isSo }) => isSo).map(({ figure, why }) => ({ figure, why }))]
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
  return {
    branch,
    day: day.day,
    timeZone,
    figures,
    calls: callFigures(day),
    notKnown: notKnownOf(figures, material),
  }
}

/** For programs: its few words are English whatever language people read. */
export const dayJson = (report: DayReport): unknown => ({
  ...report,
  notKnown: report.notKnown.map(({ figure, why }) => ({ figure, why: why.en })),
})
