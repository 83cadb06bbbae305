/**
 * What is on record, as people answer for it: legal holds, and erasing one visit. Both are asked by somebody for a
 * reason, and the chain keeps who and why.
 */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id, text } from '#protocol/ids.ts'
import type { Command } from '../../engine/entry.ts'
import type { LegalHold } from '../../store/upkeep.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const Reason = text(300).min(1)

const HoldWish = z
  .object({
    id: Id,
    task: Id.optional(),
    visit: Id.optional(),
    from: z.int().min(0).optional(),
    to: z.int().min(0).optional(),
    by: Id,
    reason: Reason,
  })
  .refine(
    ({ task, visit, from, to }) => [task, visit, from, to].some((given) => given !== undefined),
    'A hold names a task, a visit or a time; one that names nothing would hold everything.',
  )
  .refine(
    ({ from, to }) => from === undefined || to === undefined || from <= to,
    'The span of time ends before it begins.',
  )
type HoldWish = z.infer<typeof HoldWish>

const note = async ({ engine }: MethodParts, command: Command) => {
  await engine.submit({ body: { kind: 'command', command } })
}

/** A mistyped name would keep nothing, and nobody would know until the real one is gone. */
const mustBeOnRecord = async ({ branch, engine, store }: MethodParts, { task, visit }: HoldWish) => {
  for (const question of [task === undefined ? {} : { task }, visit === undefined ? {} : { visit }]) {
    const [name] = Object.values(question)
    if (name === undefined) continue
    const decisions = await store.decisions(branch, { ...question, limit: 1 })
    const isNow = await engine.read((state) => state.visits.has(name) || state.tasks.has(name))
    if (decisions.length === 0 && !isNow) throw new UsherError('explain.nothing', name)
  }
}

const setHold = async (parts: MethodParts, { by, reason, ...wish }: HoldWish) => {
  const { branch, store } = parts
  if ((await store.holds(branch)).some(({ id }) => id === wish.id))
    throw new UsherError('hold.exists', wish.id)
  await mustBeOnRecord(parts, { by, reason, ...wish })
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
  await store.hold(branch, { ...(given as Pick<LegalHold, 'id'>), by, reason, at: parts.nowMs() })
  await note(parts, { name: 'records.hold', hold: wish.id, by, reason })
  return store.holds(branch)
}

/** Erased as asked, except what a hold names by its time: `kept` says how many decision records that are. */
const eraseVisit = async (parts: MethodParts, visit: string, who: { by: string; reason: string }) => {
  const { branch, engine, store } = parts
  const isInside = await engine.read((state) => state.visits.has(visit))
  // Rows of a visit that goes on still name it, and so would everything that is decided next.
  if (isInside) throw new UsherError('visit.inside', visit)
  const hold = (await store.holds(branch)).find((one) => one.visit === visit)
  if (hold !== undefined) throw new UsherError('visit.held', `${hold.id}, set by ${hold.by}: ${hold.reason}`)
  const erased = await store.eraseVisit(branch, visit)
  const kept = (await store.decisions(branch, { visit })).length
  if (erased.bodies + erased.decisions + erased.tasks + kept === 0)
    throw new UsherError('explain.nothing', visit)
  // It does not name the visit: what was erased stays erased. The reason may name the request.
  await note(parts, { name: 'records.erase', ...erased, kept, ...who })
  return { visit, ...erased, kept }
}

export const recordMethods = (parts: MethodParts): Record<string, Handler> => {
  const { branch, store } = parts
  return {
    'records.holds': method(z.object({}), () => store.holds(branch)),
    'records.hold': method(HoldWish, (wish) => setHold(parts, wish)),
    'records.release': method(z.object({ id: Id, by: Id, reason: Reason }), async ({ id, by, reason }) => {
      if (!(await store.releaseHold(branch, id))) throw new UsherError('hold.unknown', id)
      await note(parts, { name: 'records.release', hold: id, by, reason })
      return store.holds(branch)
    }),
    'records.erase-visit': method(z.object({ visit: Id, by: Id, reason: Reason }), ({ visit, ...who }) =>
      eraseVisit(parts, visit, who),
    ),
  }
}
