/** Started by the hub, one for each sale that is recorded. It has no key and writes no file; it ends when the hub does. */
import { randomUUID } from 'node:crypto'
import type { FromRecorder, ToRecorder } from './messages.ts'
import { Recorder } from './recorder.ts'

const lookEveryMs = 200

const tell = (what: FromRecorder) => {
  if (process.connected) process.send?.(what)
}
const recorder = new Recorder({
  tell,
  monotonicMs: () => performance.now(),
  newRun: () => randomUUID(),
})
process.on('message', (told: ToRecorder) => {
  recorder.hear(told)
  // What was told before goes out first.
  if (told.kind === 'stop')
    process.send?.({ kind: 'stopped' } satisfies FromRecorder, undefined, undefined, () =>
      process.disconnect(),
    )
})
process.on('disconnect', () => process.exit(0))
setInterval(() => recorder.look(), lookEveryMs)
tell({ kind: 'ready' })
