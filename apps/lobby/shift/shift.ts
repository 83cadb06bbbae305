/** Whether somebody has started his shift on this tablet: once a day of the branch and person. */

const key = 'usher.shift'

/** `2026-11-23` as the branch counts: a tablet that was set up elsewhere has another midnight. */
const dayIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    now,
  )

const noteOf = (who: string, now: number, timeZone: string) => `${who} ${dayIn(timeZone, now)} ${timeZone}`

/** Known before the branch is: the note has its time zone. */
export const hasStarted = (who: string, now: number): boolean => {
  const kept = localStorage.getItem(key)
  const timeZone = kept?.split(' ').at(-1)
  if (kept === null || timeZone === undefined) return false
  try {
    return kept === noteOf(who, now, timeZone)
  } catch {
    // No time zone: an older page wrote it.
    return false
  }
}

export const noteStarted = (who: string, now: number, timeZone: string): void =>
  localStorage.setItem(key, noteOf(who, now, timeZone))
