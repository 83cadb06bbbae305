/**
 * What the branch does by the clock: a tick each minute and the calendar's next change of mode. Hub time does not
 * follow a wall clock that steps while the hub runs, so the steps are added up for what people read off a wall.
 */
import { minuteMs } from '#protocol/local-time.ts'
import type { Turn } from '../engine/turn.ts'
import { hasCalendar, modeAt, nextModeChange } from './calendar.ts'
import { followContentDay } from './content-days.ts'
import { offsetMinutes } from './local-time.ts'
import { changeMode } from './mode.ts'
import { branchOf, fileOf, putBranch } from './rows.ts'

const clockKey = 'clock'

export const minuteOwner = 'branch/minute'
export const calendarOwner = 'branch/calendar'

/** How far the wall clock was set ahead of hub time since the start. */
export const aheadMs = (turn: Turn): number => Number(turn.state.meta.get(clockKey)?.['aheadMs'] ?? 0)

/** What came due while the hub was down is still due: setting it anew would skip it. */
const isOverdue = (turn: Turn, owner: string, name: string) => {
  const timer = turn.state.timers.get(`${owner}#${name}`)
  return timer !== undefined && timer.deadline <= turn.at
}

const armCalendar = (turn: Turn) => {
  const file = fileOf(turn.state)
  const ahead = aheadMs(turn)
  const next = file && nextModeChange(file.calendar, file.timeZone, turn.at + ahead)
  if (next === undefined) turn.clearTimer(calendarOwner, 'next')
  else turn.setTimer(calendarOwner, 'next', { deadline: next.at - ahead, graced: false })
}

const armMinute = (turn: Turn) => {
  const deadline = (Math.floor(turn.at / minuteMs) + 1) * minuteMs
  turn.setTimer(minuteOwner, 'tick', { deadline, graced: false })
}

/** Keeps the offset from UTC right across daylight saving and steps of the wall clock. */
export const refreshOffset = (turn: Turn) => {
  const branch = branchOf(turn.state)
  const wall = turn.at + aheadMs(turn)
  const offset = offsetMinutes(branch.timeZone, wall) + Math.round((wall - turn.at) / minuteMs)
  if (offset !== branch.utcOffsetMinutes) putBranch(turn.state, { utcOffsetMinutes: offset })
}

/** After a start or a changed branch file. */
export const armClock = (turn: Turn) => {
  refreshOffset(turn)
  if (!isOverdue(turn, minuteOwner, 'tick')) armMinute(turn)
  if (!isOverdue(turn, calendarOwner, 'next')) armCalendar(turn)
}

/** Daylight saving begins and ends on a quarter of an hour, everywhere; asking `Intl` each minute is dear. */
const quarterMs = 15 * minuteMs
const beginsQuarter = (turn: Turn) => (turn.at + aheadMs(turn)) % quarterMs < minuteMs

export const onMinute = (turn: Turn) => {
  if (beginsQuarter(turn)) refreshOffset(turn)
  followContentDay(turn)
  armMinute(turn)
  turn.tell({ type: 'minute.passed' })
}

/** Changes missed while the hub was down are not gone through one by one: the one that holds now counts. */
export const onCalendar = (turn: Turn) => {
  const file = fileOf(turn.state)
  if (file !== undefined && hasCalendar(file.calendar)) {
    const mode = modeAt(file.calendar, file.timeZone, turn.at + aheadMs(turn))
    if (mode !== undefined) changeMode(turn, mode, 'calendar')
  }
  armCalendar(turn)
}

/** A start reads the wall clock anew, so nothing is owed from before. */
export const onClockStart = (turn: Turn) => {
  turn.state.meta.drop(clockKey)
  if (fileOf(turn.state) !== undefined) armClock(turn)
}

export const onClockStep = (turn: Turn, stepMs: number) => {
  turn.state.meta.put(clockKey, { aheadMs: aheadMs(turn) + stepMs })
  if (fileOf(turn.state) !== undefined) armClock(turn)
}
