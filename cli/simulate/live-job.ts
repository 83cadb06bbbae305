/** Lives one day as a job describes it, and keeps of it what is wanted. */
import { arrivalsOf } from './arrivals.ts'
import { liveDay } from './day.ts'
import type { DayJob, DayResult } from './day-jobs.ts'
import { storyOf } from './story.ts'

export const liveJob = async (job: DayJob, onProgress: (share: number) => void): Promise<DayResult> => {
  const { scenario, seed, policy, real, wants } = job
  const arrivals = arrivalsOf(scenario, seed, real)
  const day = await liveDay({
    scenario,
    seed,
    policy,
    onProgress,
    ...(arrivals !== undefined && { arrivals }),
  })
  return {
    figures: day.figures,
    counts: day.counts,
    story: wants === 'story' ? storyOf(day, scenario) : null,
  }
}
