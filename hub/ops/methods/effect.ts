/** Measuring the effect of flows: the plan in force, and what was measured under it. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { fileOf } from '../../branch/rows.ts'
import { type SwitchbackRow, switchbackOf } from '../../branch/switchback.ts'
import { allBlocks, type Block, checkPlan, SwitchbackPlan } from '../../branch/switchback-plan.ts'
import type { Command } from '../../engine/entry.ts'
import type { Handler } from '../control.ts'
import { keptUnder } from './kept-under.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')

export interface ShownSwitchback {
  readonly at: number
  readonly timeZone: string
  readonly row: SwitchbackRow
  /** All that were drawn, in order. */
  readonly blocks: readonly Block[]
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
      yield* keptUnder(parts, { id, from: setAt, to: shown.at })
    }),
  }
}
