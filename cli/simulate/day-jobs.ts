/**
 * Many simulated days at once, each in a thread of its own: a day needs one core, and which thread lives it changes
 * nothing about it. Results come back in the order of the jobs.
 */
import module from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import type { RealDay } from './arrivals.ts'
import type { Policy } from './policy.ts'
import type { DayStory } from './story.ts'

export interface DayJob {
  readonly scenario: Scenario
  readonly seed: string
  readonly policy: Policy
  /** A real day whose arrivals are played; undefined: the rates of the scenario. */
  readonly real: RealDay | undefined
  /** The whole story, or its figures alone. */
  readonly wants: 'story' | 'figures'
}

export type DayResult = Pick<DayStory, 'figures' | 'counts'> & { readonly story: DayStory | null }

export interface JobProgress {
  readonly job: number
  /** Of its day; 1 when it is over. */
  readonly share: number
}

export type FromWorker =
  | ({ readonly type: 'progress' } & JobProgress)
  | { readonly type: 'done'; readonly job: number; readonly result: DayResult }
  | { readonly type: 'failed'; readonly code: ErrorCode | null; readonly text: string }

export interface ToWorker {
  readonly job: number
  readonly day: DayJob
}

export interface JobsWishes {
  readonly jobs: readonly DayJob[]
  readonly threads: number
  readonly onProgress: (progress: JobProgress) => void
}

const program = new URL('./day-worker.ts', import.meta.url)

/** A thread reads what the command has compiled before, where that is kept: it is ready in half the time. */
const environment = (): NodeJS.ProcessEnv => {
  const compiled = module.getCompileCacheDir?.()
  return compiled === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(compiled) }
}

/** An error keeps its code on its way out of the thread. */
const failureOf = ({ code, text }: Extract<FromWorker, { type: 'failed' }>): Error =>
  code === null ? new Error(text) : new UsherError(code, text)

/** One after the other in this thread: nothing to wait for where there is only one to live, or one at a time. */
const liveHere = async ({ jobs, onProgress }: JobsWishes): Promise<readonly DayResult[]> => {
  const { liveJob } = await import('./live-job.ts')
  const results: DayResult[] = []
  for (const [job, day] of jobs.entries()) {
    results.push(await liveJob(day, (share) => onProgress({ job, share })))
    onProgress({ job, share: 1 })
  }
  return results
}

export const liveDays = (wishes: JobsWishes): Promise<readonly DayResult[]> =>
  wishes.jobs.length === 1 || wishes.threads === 1 ? liveHere(wishes) : liveInThreads(wishes)

const liveInThreads = ({ jobs, threads, onProgress }: JobsWishes): Promise<readonly DayResult[]> =>
  new Promise((resolve, reject) => {
    const results: DayResult[] = []
    const workers = new Set<Worker>()
    let next = 0
    let left = jobs.length
    const end = (error?: unknown) => {
      for (const worker of workers) void worker.terminate()
      if (error === undefined) resolve(results)
      else reject(error)
    }
    const feed = (worker: Worker) => {
      const day = jobs[next]
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      if (day !== undefined) worker.postMessage({ job: next++, day } satisfies ToWorker)
    }
    const hear = (worker: Worker, message: FromWorker) => {
      if (message.type === 'failed') return end(failureOf(message))
      if (message.type === 'progress') return onProgress(message)
      results[message.job] = message.result
      onProgress({ job: message.job, share: 1 })
      left -= 1
      if (left === 0) end()
      else feed(worker)
    }
    if (left === 0) return end()
    for (let count = Math.min(Math.max(1, threads), jobs.length); count > 0; count--) {
      const worker = new Worker(program, { env: environment() })
      workers.add(worker)
      worker.on('message', (message: FromWorker) => hear(worker, message))
      worker.on('error', (error) => end(error))
      feed(worker)
    }
  })

/** What a thread tells of an error: its code, where it has one. */
export const toldFailure = (error: unknown): FromWorker => ({
  type: 'failed',
  ...(error instanceof UsherError
    ? { code: error.code, text: error.detail ?? '' }
    : { code: null, text: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
})
