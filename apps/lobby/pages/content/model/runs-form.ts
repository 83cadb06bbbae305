/** When something runs, as it stands in fields while somebody fills them in. */
import { z } from 'zod'
import type { Runs } from '#protocol/content.ts'

/** Empty: not limited. */
export const RunsForm = z.object({
  hoursFrom: z.string(),
  hoursTo: z.string(),
  /** ISO weekdays; empty: all. */
  weekdays: z.array(z.number()),
  from: z.string(),
  to: z.string(),
})
export type RunsForm = z.infer<typeof RunsForm>

export const anyTime: RunsForm = { hoursFrom: '', hoursTo: '', weekdays: [], from: '', to: '' }

export const runsFormOf = ({ from, to, hours, weekdays }: Runs): RunsForm => ({
  hoursFrom: hours?.from ?? '',
  hoursTo: hours?.to ?? '',
  weekdays: [...weekdays],
  from: from ?? '',
  to: to ?? '',
})

const orNull = (value: string) => (value === '' ? null : value)

/** Of fields that are in order; all seven days are no limit. */
export const runsIn = ({ hoursFrom, hoursTo, weekdays, from, to }: RunsForm): Runs => ({
  from: orNull(from),
  to: orNull(to),
  hours: hoursFrom === '' || hoursTo === '' ? null : { from: hoursFrom, to: hoursTo },
  weekdays: weekdays.length === 7 ? [] : [...weekdays].sort((a, b) => a - b),
})

export type RunsTrouble = 'hours-half' | 'hours-same' | 'days-order' | 'days-over'

export const hoursTrouble = ({ hoursFrom, hoursTo }: RunsForm): RunsTrouble | undefined => {
  if ((hoursFrom === '') !== (hoursTo === '')) return 'hours-half'
  return hoursFrom !== '' && hoursFrom === hoursTo ? 'hours-same' : undefined
}

export const daysTrouble = ({ from, to }: RunsForm, today: string): RunsTrouble | undefined => {
  if (from !== '' && to !== '' && to < from) return 'days-order'
  return to !== '' && to < today ? 'days-over' : undefined
}
