/**
 * A task as somebody wants to do something with it, wherever he asks: found in memory or in the store, and looked at
 * whether it is still his to answer. An answer to what is over, or was asked of somebody else, would be lost in silence.
 */
import { UsherError } from '#protocol/errors.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { Store } from '../store/port.ts'
import { isFinal } from './life.ts'
import type { TaskRow } from './rows.ts'

export interface FindParts {
  readonly branch: string
  readonly engine: Pick<Engine, 'read'>
  readonly store: Pick<Store, 'tasks'>
}

/** @throws UsherError `task.unknown` */
export const findTask = async ({ branch, engine, store }: FindParts, id: string): Promise<TaskRow> => {
  const open = await engine.read((state) => state.tasks.get(id))
  if (open !== undefined) return open
  const [ended] = (await store.tasks(branch, { id, limit: 1 })) as readonly TaskRow[]
  if (ended === undefined) throw new UsherError('task.unknown', id)
  return ended
}

/** @throws UsherError `task.ended` */
export const findOpenTask = async (parts: FindParts, id: string): Promise<TaskRow> => {
  const task = await findTask(parts, id)
  if (isFinal(task.phase)) throw new UsherError('task.ended', `${id}: ${task.phase}.`)
  return task
}

/** @throws UsherError `task.not-asked` */
export const findTaskAskedOf = async (parts: FindParts, id: string, person: string): Promise<void> => {
  const attempt = (await findOpenTask(parts, id)).attempts.at(-1)
  const asked = attempt?.endedAt === null ? attempt.member : 'nobody'
  if (asked !== `person/${person}`) throw new UsherError('task.not-asked', `${id} is asked of ${asked}.`)
}

/** @throws UsherError `task.not-suggested` */
export const findSuggestedTask = async (parts: FindParts, id: string): Promise<void> => {
  if (!(await findOpenTask(parts, id)).suggested) throw new UsherError('task.not-suggested', id)
}
