/** Tasks as people ask for them: what is open, what became of one, and a person's own answers. */
import { z } from 'zod'
import { Id, text } from '#protocol/ids.ts'
import { findOpenTask, findSuggestedTask, findTask, findTaskAskedOf } from '../../dispatch/find-task.ts'
import { type TaskRow, taskPhases } from '../../dispatch/rows.ts'
import type { Command } from '../../engine/entry.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')

const readings = (parts: MethodParts): Record<string, Handler> => {
  const { branch, engine, store } = parts
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
      task: await findTask(parts, task),
      decisions: await store.decisions(branch, { task }),
    })),
  }
}

const answers = (parts: MethodParts): Record<string, Handler> => {
  const submit = (command: Command) => parts.engine.submit({ body: { kind: 'command', command } })
  return {
    'tasks.cancel': method(
      z.object({ task: Id, by: By, reason: text(200).default('by hand') }),
      async ({ task, by, reason }) => {
        await findOpenTask(parts, task)
        await submit({ name: 'task.cancel', task, by, reason })
        return findTask(parts, task)
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
        await findTaskAskedOf(parts, task, by)
        await submit({ name: 'task.report', task, by, status, note, onlyOwn: true })
        return findTask(parts, task)
      },
    ),
    'tasks.confirm': method(z.object({ task: Id, by: By }), async ({ task, by }) => {
      await findSuggestedTask(parts, task)
      await submit({ name: 'task.confirm', task, by })
      return findTask(parts, task)
    }),
    'tasks.dismiss': method(z.object({ task: Id, by: By }), async ({ task, by }) => {
      await findSuggestedTask(parts, task)
      await submit({ name: 'task.dismiss', task, by })
      return findTask(parts, task)
    }),
  }
}

export const taskMethods = (parts: MethodParts): Record<string, Handler> => ({
  ...readings(parts),
  ...answers(parts),
})
