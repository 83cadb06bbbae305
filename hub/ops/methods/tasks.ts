/** Tasks as people ask for them: what is open, what became of one, and a person's own answers. */

import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id, text } from '#protocol/ids.ts'
import { isFinal } from '../../dispatch/life.ts'
import { type TaskRow, taskPhases } from '../../dispatch/rows.ts'
import type { Command } from '../../engine/entry.ts'
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

/** An answer to what is over, or was asked of somebody else, would be lost in silence. */
const findOpen = async (parts: MethodParts, id: string): Promise<TaskRow> => {
  const task = await find(parts, id)
  if (isFinal(task.phase)) throw new UsherError('task.ended', `${id}: ${task.phase}.`)
  return task
}

const findAsked = async (parts: MethodParts, id: string, person: string): Promise<void> => {
  const attempt = (await findOpen(parts, id)).attempts.at(-1)
  const asked = attempt?.endedAt === null ? attempt.member : 'nobody'
  if (asked !== `person/${person}`) throw new UsherError('task.not-asked', `${id} is asked of ${asked}.`)
}

const findSuggested = async (parts: MethodParts, id: string): Promise<void> => {
  if (!(await findOpen(parts, id)).suggested) throw new UsherError('task.not-suggested', id)
}

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
      task: await find(parts, task),
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
        await findOpen(parts, task)
        await submit({ name: 'task.cancel', task, by, reason })
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
        await findAsked(parts, task, by)
        await submit({ name: 'task.report', task, by, status, note })
        return find(parts, task)
      },
    ),
    'tasks.confirm': method(z.object({ task: Id, by: By }), async ({ task, by }) => {
      await findSuggested(parts, task)
      await submit({ name: 'task.confirm', task, by })
      return find(parts, task)
    }),
    'tasks.dismiss': method(z.object({ task: Id, by: By }), async ({ task, by }) => {
      await findSuggested(parts, task)
      await submit({ name: 'task.dismiss', task, by })
      return find(parts, task)
    }),
  }
}

export const taskMethods = (parts: MethodParts): Record<string, Handler> => ({
  ...readings(parts),
  ...answers(parts),
})
