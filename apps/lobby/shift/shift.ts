/** Whether somebody has started his shift on this tablet: once a day and person. */

const key = 'usher.shift'

const nameOf = (who: string, now: number) => `${who} ${new Date(now).toDateString()}`

export const hasStarted = (who: string, now: number): boolean =>
  localStorage.getItem(key) === nameOf(who, now)

export const noteStarted = (who: string, now: number): void => localStorage.setItem(key, nameOf(who, now))
