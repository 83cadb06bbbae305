/** Measuring the effect of flows: the plan in force, and what was measured under it. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { dayMs } from '#protocol/local-time.ts'
import { fileOf } from '../../branch/rows.ts'
import { type SwitchbackRow, switchbackOf } from '../../branch/switchback.ts'
import { allBlocks, type Block, checkPlan, SwitchbackPlan } from '../../branch/switchback-plan.ts'
import type { Command } from '../../engine/entry.ts'
import type { StoredDecision } from '../../store/port.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')

/** The store gives at most so many at a time, the newest of them. */
const pageMax = 5_000
/** A page of less time than this is taken as it is. */
const stepMinMs = 60_000

export interface ShownSwitchback {
  readonly at: number
  readonly timeZone: string
  readonly row: SwitchbackRow
  /** All that were drawn, in order. */
  readonly blocks: readonly Block[]
}

/** What is on record of one plan, oldest first, in pages small enough to leave the hub free between them. */
async function* recordsOf(
  { branch, store }: MethodParts,
  { id, from, to }: { id: string; from: number; to: number },
): AsyncGenerator<StoredDecision> {
  let stepMs = dayMs
  for (let at = from; at <= to; ) {
    const until = Math.min(to, at + stepMs - 1)
    const page = await store.decisions(branch, { task: id, from: at, to: until, limit: pageMax })
    if (page.length === pageMax && stepMs > stepMinMs) {
      stepMs /= 2
      continue
    }
    yield* page
    at = until + 1
  }
}

export const effectMethods = (parts: MethodParts): Record<string, Handler> => {
  const { engine } = parts
  const show = (): Promise<ShownSwitchback | null> =>
    engine.read((state, at) => {
      const row = switchbackOf(state)
      if (row === undefined) return null
      const timeZone = fileOf(state)?.timeZone ?? 'UTC'
      return { at, timeZone, row, blocks: allBlocks(row.plan, timeZone) }
    })
  const command = async (what: Command) => {
    await engine.submit({ body: { kind: 'command', command: what } })
    return show()
  }
  /** A plan that is through before it begins would be no plan. */
  const checkAhead = (plan: SwitchbackPlan) =>
    engine.read((state, at) => {
      const last = allBlocks(plan, fileOf(state)?.timeZone ?? 'UTC').at(-1)
      if (last === undefined || last.from < at)
        throw new UsherError('effect.plan-invalid', 'No block of it is still to come.')
    })
  return {
    'effect.show': method(z.object({}), show),
    'effect.plan': method(z.object({ plan: SwitchbackPlan, by: By }), async ({ plan: wanted, by }) => {
      const plan = checkPlan(wanted)
      await checkAhead(plan)
      return command({ name: 'effect.plan', plan, by })
    }),
    'effect.stop': method(z.object({ by: By }), ({ by }) => command({ name: 'effect.stop', by })),
    'effect.records': method(z.object({}), async function* () {
      const shown = await show()
      if (shown === null) return
      const { id, setAt } = shown.row
      yield* recordsOf(parts, { id, from: setAt, to: shown.at })
    }),
  }
}
