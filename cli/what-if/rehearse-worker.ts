/** A thread that lives one recorded day again under another setting of one flow, and tells how often it acted. */
import { parentPort } from 'node:worker_threads'
import { flows as shipped } from '#flows/index.ts'
import type { Rehearsal, Rehearsed } from '#hub/look/rehearsal.ts'
import { UsherError } from '#protocol/errors.ts'
import { hereOf } from '../journal/open-day.ts'
import { readDayFile } from '../journal/read-day.ts'
import { flowsInForce, libraryOf } from './flow-change.ts'
import { createPolicyChange } from './policy-change.ts'
import type { FromRehearsal } from './rehearse.ts'
import { runWhatIf } from './run-what-if.ts'

const port = parentPort
if (port === null) throw new Error('This is a part of the hub, not a program of its own.')

const rehearsed = async ({ file, flow, wish }: Rehearsal): Promise<Rehearsed> => {
  const day = await readDayFile(file, hereOf())
  const library = await libraryOf(day, [])
  const inForce = flowsInForce(day, { shipped, library })
  const change = createPolicyChange({ [flow]: wish }, inForce)
  const { result } = runWhatIf({ day, flows: shipped, library, change, seeds: ['what-if-1'] })
  return {
    changed: result.changed.map(({ setting, was, becomes }) => ({ setting, was, becomes })),
    counts: result.counts
      .filter((count) => count.flow === flow)
      .map(({ what, recorded, before, after }) => ({ what, recorded, before, after })),
    entries: result.entries.recorded,
    differing: result.sanity.differing,
  }
}

const tell = (message: FromRehearsal) => port.postMessage(message)

port.once('message', (rehearsal: Rehearsal) => {
  rehearsed(rehearsal).then(
    (done) => tell({ type: 'done', done }),
    (error: unknown) =>
      tell(
        error instanceof UsherError
          ? { type: 'failed', code: error.code, text: error.detail ?? '' }
          : { type: 'failed', code: null, text: String(error) },
      ),
  )
})
