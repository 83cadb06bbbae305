/** How far a simulation is, in one line that is not repeated for every event. */
import type { JobProgress } from './day-jobs.ts'

const steps = 20

/**
 * @param runs what each is called: one day is lived once for every policy, and again for every changed assumption.
 * @param tell hears a new line whenever a twentieth of all runs more has been lived.
 */
export const createProgress = (runs: readonly string[], tell: (text: string) => void) => {
  const shares = new Map<number, number>()
  let told = 0
  return ({ job, share }: JobProgress): void => {
    shares.set(job, share)
    const lived = [...shares.values()].reduce((sum, one) => sum + one, 0)
    const step = Math.floor((lived / runs.length) * steps)
    if (step <= told) return
    told = step
    const ended = [...shares.values()].filter((one) => one === 1).length
    const over = runs.length === 1 ? '' : `; ${ended} of ${runs.length} runs over`
    tell(`${Math.round((lived / runs.length) * 100)} %: ${runs[job] ?? ''}${over}`)
  }
}
