/** The branch file in force: shown with its revision, replaced by one that was begun from it. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { parseBranchFile } from '../../branch/load.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const configMethods = (parts: MethodParts): Record<string, Handler> => {
  const { engine } = parts
  return {
    /** `revision` is the one the editor began from: a second editor is refused instead of overwriting the first. */
    'config.apply': method(
      z.object({ text: z.string().max(1_000_000), revision: z.int().min(0), by: Id.default('operator') }),
      async ({ text, revision, by }) => {
        const file = parseBranchFile(text, parts.parsePolicy)
        await engine.submit({ body: { kind: 'config', file, revision, by } })
        return engine.read((state) => state.branch.get('branch') ?? null)
      },
    ),
    'config.show': method(z.object({}), () =>
      engine.read((state) => ({
        file: state.meta.get('file')?.['file'] ?? null,
        revision: state.branch.get('branch')?.revision ?? 0,
      })),
    ),
    'config.differs': method(z.object({ text: z.string().max(1_000_000) }), async ({ text }) => {
      const file = parseBranchFile(text, parts.parsePolicy)
      return engine.read((state) => !isDeepStrictEqual(state.meta.get('file')?.['file'], file))
    }),
  }
}
