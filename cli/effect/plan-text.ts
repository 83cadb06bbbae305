/** A measuring plan as people read it: what rests when, what was drawn for today, and what will not count. */
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import { table } from '../io/table.ts'
import { ago } from '../io/time.ts'

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

const clock = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

const dayOf = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

/** In the branch's own time, as everything a plan says: whoever asks may sit elsewhere. */
const moment = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)

const headText = ({ row, timeZone }: ShownSwitchback): string => {
  const { plan, by, setAt } = row
  return [
    `${row.id}, set by ${by} on ${moment(setAt, timeZone)}`,
    `flows   ${plan.flows.join(', ')}`,
    `blocks  of ${ago(plan.blockMs)}, the first ${ago(plan.burnInMs)} of each not counted`,
    `when    ${plan.from} to ${plan.until}, ${plan.weekdays.map((day) => names[Number(day) - 1]).join(' ')}, ${plan.hours.from} to ${plan.hours.to} (${timeZone})`,
    `seed    ${plan.seed}`,
  ].join('\n')
}

const nowText = ({ row, at, timeZone }: ShownSwitchback): string => {
  if (row.endedAt !== null)
    return row.endedBy === 'calendar'
      ? `It ended on ${moment(row.endedAt, timeZone)}.`
      : `It was stopped by ${row.endedBy} on ${moment(row.endedAt, timeZone)}.`
  const { block } = row
  if (block === null) return 'Now: between blocks; the flows work as they are set.'
  const spoiled = block.invalid.length === 0 ? '' : `; it will not count: ${block.invalid.join(', ')}`
  const what = block.arm === 'on' ? 'with the flows' : 'without the flows: they begin nothing new'
  return `Now: ${what}, until ${clock(block.until, timeZone)} (${ago(block.until - at)})${spoiled}.`
}

export const planText = (shown: ShownSwitchback): string => {
  const { at, timeZone, blocks } = shown
  const day = blocks.find(({ until }) => until > at)?.day ?? dayOf(at, timeZone)
  const drawn = shown.row.endedAt === null ? blocks.filter((block) => block.day === day) : []
  const drawnText =
    drawn.length === 0
      ? []
      : [
          '',
          `Drawn for ${day}:`,
          table(drawn, [
            { title: 'from', cell: ({ from }) => clock(from, timeZone) },
            { title: 'to', cell: ({ until }) => clock(until, timeZone) },
            { title: 'flows', cell: ({ arm }) => arm },
          ]),
        ]
  return [headText(shown), nowText(shown), ...drawnText].join('\n')
}
