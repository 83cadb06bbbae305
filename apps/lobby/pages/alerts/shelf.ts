/** For how long an alert can be put aside: never without an end. */
export const shelfTimes = ['quarter', 'hour', 'shift'] as const
export type ShelfTime = (typeof shelfTimes)[number]

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const shelfMaxMs = 8 * hourMs
/** When a shift ends, by the clock of the branch. */
const shiftEndsAt = 18 * hourMs
const dayMs = 24 * hourMs

/** The end of the shift, or as long as it may be where that is over or too far away. */
const untilShiftEnds = (now: number, utcOffsetMinutes: number): number => {
  const local = (((now + utcOffsetMinutes * minuteMs) % dayMs) + dayMs) % dayMs
  const left = shiftEndsAt - local
  return left < 15 * minuteMs ? shelfMaxMs : Math.min(left, shelfMaxMs)
}

export const shelfMs = (time: ShelfTime, now: number, utcOffsetMinutes: number): number => {
  if (time === 'quarter') return 15 * minuteMs
  return time === 'hour' ? hourMs : Math.round(untilShiftEnds(now, utcOffsetMinutes) / 1_000) * 1_000
}
