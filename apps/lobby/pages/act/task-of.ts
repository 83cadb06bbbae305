/** Which task came of what was ordered, so that its life is shown where it was ordered. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import type { CommandLife } from '../../live/lives.ts'

/** The newest: what was passed on or tried again goes under the same name. */
export const taskOf = (tasks: readonly LiveTask[], life: CommandLife | undefined): LiveTask | undefined => {
  if (life?.request === undefined) return undefined
  const { request } = life
  return tasks.filter((task) => task.request === request).sort((a, b) => b.createdAt - a.createdAt)[0]
}
