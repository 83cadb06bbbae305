/** How far a simulation is, in one line that is not repeated for every event. */
import type { JobProgress } from './day-jobs.ts'

const steps = 20

/** @param tell hears a new line whenever a twentieth of all days more has been lived. */
export const createProgress = (jobs: number, tell: (text: string) => void) => {
  const shares = new Map<number, number>()
  let told = 0
  return ({ job, share }: JobProgress): void => {
    shares.set(job, share)
    const lived = [...shares.values()].reduce((sum, one) => sum + one, 0)
    const step = Math.floor((lived / jobs) * steps)
    if (step <= told) return
    told = step
    const ended = [...shares.values()].filter((one) => one === 1).length
    tell(`${Math.round((lived / jobs) * 100)} %: ${ended} of ${jobs} ${jobs === 1 ? 'day' : 'days'} lived`)
  }
}
