/** A measuring plan as people read it: what rests when, what was drawn for today, and what will not count. */
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { lengthText } from '../report/values.ts'
import { planWords, sayWhyLeft, weekdayName } from './words.ts'

const clock = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

const dayOf = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

/** In the branch's own time, as everything a plan says: whoever asks may sit elsewhere. */
const moment = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)

const headText = ({ row, timeZone }: ShownSwitchback, tongue: Tongue): string => {
  const words = planWords(tongue)
  const { plan, by, setAt } = row
  return [
    words.setBy(row.id, by, moment(setAt, timeZone)),
    words.flows(plan.flows),
    words.blocks(lengthText(plan.blockMs, tongue), lengthText(plan.burnInMs, tongue)),
    words.when({
      from: plan.from,
      until: plan.until,
      days: plan.weekdays.map((day) => weekdayName(day, tongue)),
      hours: words.span(plan.hours.from, plan.hours.to),
      timeZone,
    }),
    words.seed(plan.seed),
  ].join('\n')
}

const nowText = ({ row, at, timeZone }: ShownSwitchback, tongue: Tongue): string => {
  const words = planWords(tongue)
  const { block, endedAt, endedBy } = row
  if (endedAt !== null)
    return endedBy === 'calendar'
      ? words.ended(moment(endedAt, timeZone))
      : words.stopped(endedBy ?? '', moment(endedAt, timeZone))
  if (block === null) return words.between
  return words.now({
    isOn: block.arm === 'on',
    until: clock(block.until, timeZone),
    left: lengthText(block.until - at, tongue),
    spoiled: block.invalid.length === 0 ? '' : words.spoiled(sayWhyLeft(block.invalid, tongue)),
  })
}

export const planText = (shown: ShownSwitchback, tongue: Tongue): string => {
  const { at, timeZone, blocks } = shown
  const words = planWords(tongue)
  const day = blocks.find(({ until }) => until > at)?.day ?? dayOf(at, timeZone)
  const drawn = shown.row.endedAt === null ? blocks.filter((block) => block.day === day) : []
  const drawnText =
    drawn.length === 0
      ? []
      : [
          '',
          words.drawn(day),
          table(drawn, [
            { title: words.from, cell: ({ from }) => clock(from, timeZone) },
            { title: words.to, cell: ({ until }) => clock(until, timeZone) },
            { title: words.arm, cell: ({ arm }) => words[arm] },
          ]),
        ]
  return [headText(shown, tongue), nowText(shown, tongue), ...drawnText].join('\n')
}
