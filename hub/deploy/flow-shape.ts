/** Whether what a folder exports is a flow at all, before anything of it is used. */
import { StateMachine } from 'xstate'
import { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'

const Words = z.object({ en: z.string().min(1), zh: z.string().min(1) })
const isFunction = (value: unknown) => typeof value === 'function'
const Callable = z.custom(isFunction, 'Expected a function')
const Migrations = z.record(z.string().regex(/^\d+$/), Callable)

const Shape = z.object({
  id: Id,
  version: z.int().min(1),
  title: Words,
  purpose: Words,
  policy: z.custom(
    (value) => typeof value === 'object' && value !== null && 'safeParse' in value,
    'Expected a zod schema',
  ),
  listens: z.array(z.string()),
  starts: z.array(z.string()),
  key: Callable,
  keys: Callable.optional(),
  worthStarting: Callable.optional(),
  view: Callable,
  machine: z.custom((value) => value instanceof StateMachine, 'Expected a machine of xstate'),
  modes: z.record(z.string(), z.string()),
  pausable: z.boolean(),
  resting: z.object({ standing: Callable.optional(), notes: z.array(z.string()).optional() }).optional(),
  gracedDelays: z.array(z.string()),
  migrations: Migrations,
  migrationsDown: Migrations.optional(),
  running: z.enum(['migrate', 'finish']).optional(),
  excuses: z.array(z.object({ finding: z.string(), at: z.string(), because: z.string().min(10) })).optional(),
})

const looksLikeFlow = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'machine' in value && 'listens' in value

/**
 * @param exported what flow.ts exports: exactly one flow, under any name.
 * @throws UsherError `flow.broken` with each field that does not fit.
 */
export const flowIn = (exported: Readonly<Record<string, unknown>>): AnyFlow => {
  const found = Object.values(exported).filter(looksLikeFlow)
  if (found.length !== 1)
    throw new UsherError('flow.broken', `flow.ts exports ${found.length} flows; it is to export one.`)
  const parsed = Shape.safeParse(found[0])
  if (!parsed.success) throw new UsherError('flow.broken', z.prettifyError(parsed.error))
  return found[0] as AnyFlow
}
