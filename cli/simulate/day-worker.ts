/** A thread that lives simulated days, one after the other, for whoever started it. */
import { parentPort } from 'node:worker_threads'
import { type DayJob, type DayResult, type FromWorker, type ToWorker, toldFailure } from './day-jobs.ts'
import { liveJob } from './live-job.ts'

const port = parentPort
if (port === null) throw new Error('This is a part of `usher simulate`, not a program of its own.')

const tell = (message: FromWorker) => port.postMessage(message)

const live = async ({ job, day }: { job: number; day: DayJob }): Promise<DayResult> =>
  liveJob(day, (share) => tell({ type: 'progress', job, share }))

port.on('message', (message: ToWorker) => {
  live(message).then(
    (result) => tell({ type: 'done', job: message.job, result }),
    (error: unknown) => tell(toldFailure(error)),
  )
})
