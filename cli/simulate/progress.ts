/** How far a simulation is, in one line that is not repeated for every event. */
import type { Tongue } from '../io/language.ts'
import type { JobProgress } from './day-jobs.ts'
import { simulateWords } from './report-words.ts'

const steps = 20

/**
 * @param runs what each is called: one day is lived once for every policy, and again for every changed assumption.
 * @param told.tell hears a new line whenever a twentieth of all runs more has been lived.
 */
export const createProgress = (
  runs: readonly string[],
  { tongue, tell }: { readonly tongue: Tongue; readonly tell: (text: string) => void },
) => {
  const words = simulateWords(tongue).progress
  const shares = new Map<number, number>()
  let told = 0
  return ({ job, share }: JobProgress): void => {
    shares.set(job, share)
    const lived = [...shares.values()].reduce((sum, one) => sum + one, 0)
    const step = Math.floor((lived / runs.length) * steps)
    if (step <= told) return
    told = step
    const ended = [...shares.values()].filter((one) => one === 1).length
    const over = runs.length === 1 ? '' : words.over(ended, runs.length)
    tell(`${words.step(Math.round((lived / runs.length) * 100), runs[job] ?? '')}${over}`)
  }
}
