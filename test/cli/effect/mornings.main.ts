/**
 * The example of docs/guides/measured-effect.md: twenty simulated days with a morning rush, lived by the real hub under one
 * measuring plan, and what the report cannot see: the same days lived all with and all without.
 * `node test/cli/effect/mornings.main.ts [--block MINUTES --burn-in MINUTES]` takes some minutes.
 */
import { parseArgs } from 'node:util'
import { effectText } from '#cli/effect/effect-text.ts'
import { estimateEffect } from '#cli/effect/estimate.ts'
import { readMeasurement } from '#cli/effect/measurement.ts'
import { waitOf } from '#cli/figures/record-figures.ts'
import { valueText } from '#cli/report/values.ts'
import { liveDay, type SimulatedDay } from '#cli/simulate/day.ts'
import { type Policy, readPolicy } from '#cli/simulate/policy.ts'
import { flows as shipped } from '#flows/index.ts'
import { allBlocks, type SwitchbackPlan } from '#hub/branch/switchback-plan.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { meanOf } from '#hub/figures/spread.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'
import { minute, planOf } from './support.ts'

const { values } = parseArgs({
  options: { block: { type: 'string', default: '120' }, 'burn-in': { type: 'string', default: '60' } },
})

const rush = findScenario('morning-rush')
const { timeZone } = rush.branch
const plan = planOf('mornings', {
  flows: ['diversion', 'greeting', 'promotion'],
  blockMs: Number(values.block) * minute,
  burnInMs: Number(values['burn-in']) * minute,
  until: '2026-03-27',
})
const dates = [...new Set(allBlocks(plan, timeZone).map(({ day }) => day))]

const live = (seed: number, policy: Policy, measuredBy?: SwitchbackPlan) =>
  liveDay({
    scenario: { ...rush, day: { ...rush.day, date: dates[seed] ?? rush.day.date } },
    seed,
    policy,
    ...(measuredBy && { commands: [{ name: 'effect.plan', plan: measuredBy, by: 'manager-1' }] }),
  })

/** Of everybody, and of those alone who took a ticket: more a plan cannot measure. */
const meanWaits = ({ record: { visitors } }: SimulatedDay) =>
  [visitors, visitors.filter(({ ticketAtMs }) => ticketAtMs !== null)].map(
    (some) => meanOf(some.map(waitOf).filter((ms) => ms !== null)) ?? 0,
  )

const records: DecisionRecord[] = []
const truth: (readonly [everybody: number, withTicket: number])[] = []
const all = { with: readPolicy('on', shipped), without: readPolicy('off', shipped) }
for (const seed of dates.keys()) {
  const measured = await live(seed, all.with, plan)
  records.push(...measured.decisions.map(({ record }) => record))
  const on = meanWaits(await live(seed, all.with))
  const off = meanWaits(await live(seed, all.without))
  truth.push([(on[0] ?? 0) - (off[0] ?? 0), (on[1] ?? 0) - (off[1] ?? 0)])
}
const measurement = readMeasurement(records)
if (measurement === undefined) throw new Error('the hub measured nothing')
const report = estimateEffect(measurement, { asOf: Number.MAX_SAFE_INTEGER })
const mean = (of: 0 | 1) => valueText(meanOf(truth.map((day) => day[of])), 'wait', 'en')
process.stdout.write(`${effectText(report, { tongue: 'en', timeZone })}\n`)
process.stdout.write(
  `All with against all without, mean wait: ${mean(0)}; of those with a ticket: ${mean(1)}\n`,
)
