/** A measuring plan as people read it: what rests when, what was drawn for today, and what will not count. */
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { clockIn, momentIn } from '../io/time.ts'
import { lengthText } from '../report/values.ts'
import { planWords, sayWhyLeft, weekdayName } from './words.ts'

const dayOf = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

const headText = ({ row, timeZone }: ShownSwitchback, tongue: Tongue): string => {
  const words = planWords(tongue)
  const { plan, by, setAt } = row
  return [
    words.setBy(row.id, by, momentIn(timeZone, setAt)),
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
      ? words.ended(momentIn(timeZone, endedAt))
      : words.stopped(endedBy ?? '', momentIn(timeZone, endedAt))
  if (block === null) return words.between
  return words.now({
    isOn: block.arm === 'on',
    until: clockIn(timeZone, block.until),
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
            { title: words.from, cell: ({ from }) => clockIn(timeZone, from) },
            { title: words.to, cell: ({ until }) => clockIn(timeZone, until) },
            { title: words.arm, cell: ({ arm }) => words[arm] },
          ]),
        ]
  return [headText(shown, tongue), nowText(shown, tongue), ...drawnText].join('\n')
}
