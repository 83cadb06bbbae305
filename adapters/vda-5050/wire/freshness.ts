/**
 * States travel with QoS 0 and may come twice or overtake each other. Only what is newer than the last one counts; a robot
 * that restarts begins to count anew, which its own time tells.
 */
export interface Stamp {
  readonly headerId: number
  readonly sentAt: number | undefined
}

const half = 2 ** 31
const whole = 2 ** 32

/** Header ids wrap at 32 bits. */
const isAhead = (id: number, last: number) => {
  const ahead = (id - last + whole) % whole
  return ahead > 0 && ahead < half
}

const isLater = (one: Stamp, last: Stamp) =>
  one.sentAt !== undefined && last.sentAt !== undefined && one.sentAt > last.sentAt

/** @param last undefined: nothing was heard since the robot came. */
export const isNewer = (one: Stamp, last: Stamp | undefined, ids: 'counted' | 'unreliable'): boolean => {
  if (last === undefined) return true
  if (ids === 'unreliable') return isLater(one, last)
  return isAhead(one.headerId, last.headerId) || isLater(one, last)
}
