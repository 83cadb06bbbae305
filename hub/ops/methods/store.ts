/** The store as an operator cares for it: backups, legal holds, erasing one visit, a full check. */
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id, text } from '#protocol/ids.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const storeMethods = (parts: MethodParts): Record<string, Handler> => {
  const { branch, store } = parts
  return {
    'store.backup': method(z.object({ file: z.string().min(1).max(4_096) }), async ({ file }) => {
      // Relative to the hub it would land somewhere else than the caller meant.
      if (!isAbsolute(file)) throw new UsherError('command.invalid', 'Name the backup by an absolute path.')
      await store.backup(file)
      const { seq, at } = parts.engine.position()
      return { file, seq, at }
    }),
    'store.check': method(z.object({}), () => store.checkWhole()),
    'store.erase-visit': method(z.object({ visit: Id }), ({ visit }) => store.eraseVisit(branch, visit)),
    'store.hold': method(
      z.object({
        id: Id,
        task: Id.optional(),
        visit: Id.optional(),
        from: z.int().optional(),
        to: z.int().optional(),
        by: Id,
        reason: text(300),
      }),
      async ({ id, task, visit, from, to, by, reason }) => {
        await store.hold(branch, {
          id,
          by,
          reason,
          at: parts.nowMs(),
          ...(task !== undefined && { task }),
          ...(visit !== undefined && { visit }),
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
        })
        return store.holds(branch)
      },
    ),
    'store.release-hold': method(z.object({ id: Id }), ({ id }) => store.releaseHold(branch, id)),
    'store.holds': method(z.object({}), () => store.holds(branch)),
  }
}
