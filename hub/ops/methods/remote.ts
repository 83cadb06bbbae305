/** A device is asked to do something to itself, by hand: whoever asks is told how it goes until it is over. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { remoteActions } from '#protocol/remote.ts'
import { requestInstance } from '../../branch/asked.ts'
import { isFinal } from '../../dispatch/life.ts'
import type { TaskRow } from '../../dispatch/rows.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const Wish = z.object({
  device: Id,
  action: z.enum(remoteActions),
  percent: z.int().min(0).max(100).optional(),
  anyway: z.boolean().default(false),
  /** Made by who asks: the same for a call that is sent again. */
  request: Id,
  by: Id.default('operator'),
})
type Wish = z.infer<typeof Wish>

const taskTables: ReadonlySet<string> = new Set(['tasks', 'endedTasks'])

/** In the order in which the task came to be so. */
const rowsOf = ({ changes }: CommittedBatch, instance: string): readonly TaskRow[] =>
  changes
    .filter(({ table }) => taskTables.has(table))
    .flatMap(({ rows }) => [...rows.values()] as readonly (TaskRow | undefined)[])
    .filter((row) => row !== undefined)
    .filter((row) => row.instance === instance)

const submit = ({ engine }: MethodParts, { device, action, percent, anyway, request, by }: Wish) =>
  engine.submit({
    body: {
      kind: 'command',
      command: {
        name: 'ask',
        ask: { what: 'remote', member: device, action, ...(percent !== undefined && { percent }), anyway },
        request,
        by,
      },
    },
  })

async function* ask(parts: MethodParts, wish: Wish, signal: AbortSignal): AsyncGenerator<TaskRow> {
  const instance = requestInstance(wish.request)
  const seen: TaskRow[] = []
  let wake = () => {}
  const callOff = parts.watch((batch) => {
    seen.push(...rowsOf(batch, instance))
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    await submit(parts, wish)
    await parts.engine.read(() => undefined)
    // A version of the flow that was deployed before it knew of this wants nothing.
    if (seen.length === 0) throw new UsherError('task.unknown', `${instance}: the flow made no task of it.`)
    while (!signal.aborted) {
      const rows = seen.splice(0)
      for (const row of rows) yield row
      if (rows.some(({ phase }) => isFinal(phase))) return
      if (seen.length > 0 || signal.aborted) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    callOff()
  }
}

export const remoteMethods = (parts: MethodParts): Record<string, Handler> => ({
  'devices.remote': method(Wish, (wish, signal) => ask(parts, wish, signal)),
})
