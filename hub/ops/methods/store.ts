/** The store as an operator cares for it: backups and a full check. */
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const storeMethods = (parts: MethodParts): Record<string, Handler> => {
  const { store } = parts
  return {
    'store.backup': method(z.object({ file: z.string().min(1).max(4_096) }), async ({ file }) => {
      // Relative to the hub it would land somewhere else than the caller meant.
      if (!isAbsolute(file)) throw new UsherError('command.invalid', 'Name the backup by an absolute path.')
      await store.backup(file)
      const { seq, at } = parts.engine.position()
      return { file, seq, at }
    }),
    'store.check': method(z.object({}), () => store.checkWhole()),
  }
}
