/** What the kiosk shows while it waits: still images and words of the branch's programme that run now. */

import { isWithin } from '#protocol/local-time.ts'
import { Programme, type ProgrammeEntry } from '#protocol/programme.ts'

const partsIn = (at: number, timeZone: string) => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1,
  }
}

const isStill = ({ media, template, words }: ProgrammeEntry) =>
  template === undefined && (media === undefined ? words.length > 0 : media.type.startsWith('image/'))

/** In their order; of the loops only the one of the highest priority. */
export const runningNow = (told: unknown, at: number): readonly ProgrammeEntry[] => {
  const programme = Programme.safeParse(told).data
  if (programme === undefined) return []
  const { day, time, weekday } = partsIn(at, programme.timeZone)
  const runs = programme.entries.filter(
    (entry) =>
      (entry.loops || entry.mandatory) &&
      isStill(entry) &&
      (entry.expiresOn === undefined || day <= entry.expiresOn) &&
      (entry.runs.from === null || day >= entry.runs.from) &&
      (entry.runs.to === null || day <= entry.runs.to) &&
      (entry.runs.hours === null || isWithin(time, entry.runs.hours)) &&
      (entry.runs.weekdays.length === 0 || entry.runs.weekdays.includes(weekday)),
  )
  const top = Math.max(...runs.filter(({ mandatory }) => !mandatory).map(({ priority }) => priority))
  return runs.filter(({ mandatory, priority }) => mandatory || priority === top)
}

/** Whose turn it is, by the clock alone: what is shown needs no memory. */
export const entryAt = (entries: readonly ProgrammeEntry[], at: number): ProgrammeEntry | undefined => {
  const wholeMs = entries.reduce((sum, { showForMs }) => sum + Math.max(1_000, showForMs), 0)
  let left = wholeMs === 0 ? 0 : at % wholeMs
  return entries.find(({ showForMs }) => {
    left -= Math.max(1_000, showForMs)
    return left < 0
  })
}
