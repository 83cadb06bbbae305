/** Tasks as people ask for them: what is open, what became of one, and a person's own answers. */

import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id, text } from '#protocol/ids.ts'
import { type TaskRow, taskPhases } from '../../dispatch/rows.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')

const find = async ({ branch, engine, store }: MethodParts, id: string): Promise<TaskRow> => {
  const open = await engine.read((state) => state.tasks.get(id))
  if (open !== undefined) return open
  const [ended] = (await store.tasks(branch, { id, limit: 1 })) as readonly TaskRow[]
  if (ended === undefined) throw new UsherError('task.unknown', id)
  return ended
}

export const taskMethods = (parts: MethodParts): Record<string, Handler> => {
  const { branch, engine, store } = parts
  const submit = (command: Parameters<typeof engine.submit>[0]['body'] & { kind: 'command' }) =>
    engine.submit({ body: command })
  return {
    'tasks.list': method(
      z.object({
        phase: z.array(z.enum(taskPhases)).optional(),
        flow: Id.optional(),
        person: Id.optional(),
        all: z.boolean().default(false),
        limit: z.int().min(1).max(1_000).default(50),
      }),
      async ({ phase, flow, person, all, limit }) => {
        const wanted = (task: TaskRow) =>
          (flow === undefined || task.flow === flow) &&
          (phase === undefined || phase.includes(task.phase)) &&
          (person === undefined || task.attempts.at(-1)?.member === `person/${person}`)
        const open = await engine.read((state) => state.tasks.values().filter(wanted))
        if (!all && phase === undefined) return open.toReversed().slice(0, limit)
        const known = new Set(open.map((task) => task.id))
        const ended = (await store.tasks(branch, {
          limit,
          ...(phase !== undefined && { phase }),
          ...(flow !== undefined && { flow }),
        })) as readonly TaskRow[]
        return [...open, ...ended.filter((task) => wanted(task) && !known.has(task.id))]
          .toSorted((a, b) => b.createdAt - a.createdAt)
          .slice(0, limit)
      },
    ),
    'tasks.show': method(z.object({ task: Id }), async ({ task }) => ({
      task: await find(parts, task),
      decisions: await store.decisions(branch, { task }),
    })),
    'tasks.cancel': method(
      z.object({ task: Id, by: By, reason: text(200).default('by hand') }),
      async ({ task, by, reason }) => {
        await submit({ kind: 'command', command: { name: 'task.cancel', task, by, reason } })
        return find(parts, task)
      },
    ),
    'tasks.report': method(
      z.object({
        task: Id,
        by: Id,
        status: z.enum(['accepted', 'refused', 'started', 'done', 'failed']),
        note: text(300).nullable().default(null),
      }),
      async ({ task, by, status, note }) => {
        await submit({ kind: 'command', command: { name: 'task.report', task, by, status, note } })
        return find(parts, task)
      },
    ),
    'tasks.confirm': method(z.object({ task: Id, by: By }), async ({ task, by }) => {
      await submit({ kind: 'command', command: { name: 'task.confirm', task, by } })
      return find(parts, task)
    }),
    'tasks.dismiss': method(z.object({ task: Id, by: By }), async ({ task, by }) => {
      await submit({ kind: 'command', command: { name: 'task.dismiss', task, by } })
      return find(parts, task)
    }),
  }
}
