/** Lives a recorded day again for a running hub, in a thread that is ended when it takes too long. */
import { Worker } from 'node:worker_threads'
import type { Rehearse, Rehearsed } from '#hub/look/rehearsal.ts'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'

export type FromRehearsal =
  | { readonly type: 'done'; readonly done: Rehearsed }
  | { readonly type: 'failed'; readonly code: ErrorCode | null; readonly text: string }

const program = new URL('./rehearse-worker.ts', import.meta.url)
/** A day that needs more than this is for the command line, beside the hub and not within it. */
const memoryMb = 768

export const rehearseInThread: Rehearse = (rehearsal, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new UsherError('what-if.too-long'))
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
    const end = (finish: () => void) => {
      signal.removeEventListener('abort', onAbort)
      void worker.terminate()
      finish()
    }
    const onAbort = () => end(() => reject(new UsherError('what-if.too-long')))
    signal.addEventListener('abort', onAbort, { once: true })
    worker.once('message', (message: FromRehearsal) =>
      end(() => {
        if (message.type === 'done') resolve(message.done)
        else
          reject(message.code === null ? new Error(message.text) : new UsherError(message.code, message.text))
      }),
    )
    worker.once('error', (error) =>
      end(() =>
        reject(
          'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new UsherError('what-if.too-long', undefined, { cause: error })
            : error,
        ),
      ),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(rehearsal)
  })
