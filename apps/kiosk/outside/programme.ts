/** What the kiosk shows while it waits: still images and words of the branch's programme that run now. */
import { Programme, type ProgrammeEntry } from '#protocol/programme.ts'
import { createWallClock } from '../../screen/play/local-time.ts'
import { mayRunForMs } from '../../screen/play/runs.ts'

const isStill = ({ media, template, words }: ProgrammeEntry) =>
  template === undefined && (media === undefined ? words.length > 0 : media.type.startsWith('image/'))

/** In their order; of the loops only the one of the highest priority. */
export const runningNow = (told: unknown, at: number): readonly ProgrammeEntry[] => {
  const programme = Programme.safeParse(told).data
  if (programme === undefined) return []
  const local = createWallClock(programme.timeZone).at(at)
  const runs = programme.entries.filter(
    (entry) => (entry.loops || entry.mandatory) && isStill(entry) && mayRunForMs(entry, local) > 0,
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
