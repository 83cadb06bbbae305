/** Recordings at the command line: which there are, whether they are whole, who holds them, and a copy for somebody else. */
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { text } from '#protocol/ids.ts'
import type { BranchState } from '../../engine/state.ts'
import { exportRecording } from '../../recording/export.ts'
import type { Recordings } from '../../recording/recordings.ts'
import { verifyRecording } from '../../recording/verify.ts'
import { listRecordings, viewOf } from '../../recording/views.ts'
import type { Handler } from '../control.ts'
import { method } from './method.ts'

const Recording = z.string().min(1).max(80)
const One = z.object({ recording: Recording })
const By = text(80).default('operator')
const Held = One.extend({ hold: text(80), reason: text(300), by: By })
const Exported = One.extend({
  /** Whole, on the hub's machine; it must not be there yet. */
  folder: z.string().min(1).refine(isAbsolute),
  by: By,
})

export const recordingMethods = (
  { vault, keeper, sales }: Recordings,
  state: () => BranchState,
): Record<string, Handler> => ({
  'recordings.list': method(z.object({ only: z.enum(['gaps', 'held']).optional() }), (filter) =>
    listRecordings(vault, filter),
  ),
  'recordings.show': method(One, ({ recording }) =>
    viewOf(vault, recording, (id) => state().saleScripts.get(id)),
  ),
  'recordings.verify': method(z.object({ recording: Recording.optional() }), async ({ recording }) => {
    const ids = recording === undefined ? await vault.list() : [recording]
    const results: { id: string; complaints: readonly { file: string; what: string }[] }[] = []
    for (const id of ids)
      results.push({ id, complaints: await verifyRecording(vault, id, sales.sale(id)?.sealed?.manifest) })
    return results
  }),
  'recordings.export': method(Exported, async ({ recording, folder, by }) => {
    await keeper.access({ recording, by, what: 'exported', fromMs: 0 })
    return exportRecording(vault, recording, folder)
  }),
  'recordings.hold': method(Held, async (wish) => {
    await keeper.hold(wish)
    return (await vault.record(wish.recording)).holds
  }),
  'recordings.release': method(Held, async (wish) => {
    await keeper.release(wish)
    return (await vault.record(wish.recording)).holds
  }),
})
