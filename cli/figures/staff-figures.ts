/** What was asked of people in a day, and how soon somebody took it. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { isRaised } from '#hub/figures/alerts.ts'
import { spreadOf } from '#hub/figures/spread.ts'
import type { DayFigures } from './day-figures.ts'

export interface Decided {
  readonly at: number
  readonly record: DecisionRecord
}

const isPerson = (member: string) => member.startsWith('person/')

/** From the first time a person was asked until one of them took it. */
const takenAfterMs = ({ attempts }: TaskRow): number | null => {
  const asked = attempts.find(({ member }) => isPerson(member))
  const taken = attempts.find(({ member, acceptedAt }) => isPerson(member) && acceptedAt !== null)
  return asked === undefined || taken?.acceptedAt == null ? null : taken.acceptedAt - asked.offeredAt
}

export const staffFigures = (
  tasks: readonly TaskRow[],
  decisions: readonly Decided[],
): DayFigures['staff'] => {
  const asked = tasks.filter(({ attempts }) => attempts.some(({ member }) => isPerson(member)))
  const claims = asked.map(takenAfterMs).filter((ms): ms is number => ms !== null)
  return {
    alerts: decisions.filter(({ record }) => isRaised(record)).length,
    asked: asked.length,
    taken: claims.length,
    claimMs: spreadOf(claims),
  }
}
