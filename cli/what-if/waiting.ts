/**
 * How waiting would change: the lobby model goes on from the recorded arrivals, once as everything was set and once
 * changed, with the same chance in both, through the real engine and flows.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { BranchFile } from '#hub/branch/file.ts'
import { UsherError } from '#protocol/errors.ts'
import type { FlowSettingRow } from '#protocol/model.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { figureRows } from '../figures/figure-rows.ts'
import type { Pair } from '../io/language.ts'
import type { RecordedDay } from '../journal/read-day.ts'
import { type ComparedRow, compareRow } from '../simulate/compare.ts'
import { liveDay } from '../simulate/day.ts'
import { type DayModel, modelOf } from './day-model.ts'
import type { PolicyWishes } from './policy-change.ts'
import { finishedAtKiosk, recordedArrivals } from './recorded-arrivals.ts'
import { whyNoWaiting } from './words.ts'

export interface WaitingChange {
  readonly tickets: number
  readonly seeds: number
  /** `first`: changed, `second`: as set; of pairs of days with the same chance. */
  readonly rows: readonly ComparedRow[]
  /** What the tickets of the recorded day say: how far the model is off shows beside its own. */
  readonly recordedMeanWaitMs: number | null
}

export type WaitingAnswer =
  | { readonly waiting: WaitingChange; readonly whyNoWaiting: null }
  | { readonly waiting: null; readonly whyNoWaiting: Pair<string> }

export interface WaitingParts {
  readonly day: RecordedDay
  readonly before: readonly AnyFlow[]
  readonly after: readonly AnyFlow[]
  readonly policy: PolicyWishes
  /** How the flows were set that day. */
  readonly inForce: readonly FlowSettingRow[]
  readonly seeds: readonly string[]
  readonly onProgress: (text: string) => void
}

/** Of fewer tickets nothing can be said. */
const ticketsMin = 20

/** A day in which things went very differently is not bent into the model. */
const fitMost = 4

const shown = new Set([
  'meanWait',
  'p90Wait',
  'meanSinceArrival',
  'abandonedShare',
  'divertedFinished',
  'returned',
  'promotionsPerVisit',
])

type Settings = BranchFile['flows']

const asSet = (inForce: readonly FlowSettingRow[]): Settings =>
  Object.fromEntries(
    inForce.map(({ id, autonomy, policy }) => [
      id,
      { autonomy, policy: policy as Settings[string]['policy'] },
    ]),
  )

const changedBy = (settings: Settings, wishes: PolicyWishes): Settings => {
  const changed = { ...settings }
  for (const [flow, { autonomy, policy }] of Object.entries(wishes)) {
    const known = settings[flow] ?? { autonomy: 'automatic' as const, policy: {} }
    changed[flow] = {
      autonomy: autonomy ?? known.autonomy,
      policy: { ...known.policy, ...policy } as Settings[string]['policy'],
    }
  }
  return changed
}

const tryModel = (day: RecordedDay): DayModel | { readonly why: Pair<string> } => {
  try {
    const model = modelOf(day)
    const tickets = model?.tickets.length ?? 0
    if (model === undefined || tickets < ticketsMin)
      return { why: whyNoWaiting.fewTickets(tickets, ticketsMin) }
    return model
  } catch (error) {
    if (error instanceof UsherError && error.code === 'scenario.invalid')
      return { why: whyNoWaiting.unplayable(error.detail ?? '') }
    throw error
  }
}

interface Arm {
  readonly title: string
  readonly flows: Settings
  readonly code: readonly AnyFlow[]
}

const liveOne = async (
  { day }: WaitingParts,
  { title, flows, code }: Arm,
  { model, seed }: { model: DayModel; seed: string },
): Promise<DayFigures> => {
  const arrivals = recordedArrivals(day, model, seed)
  const { scenario } = model
  return (await liveDay({ scenario, seed, policy: { title, flows }, arrivals, flows: code })).figures
}

/** As many finish at a kiosk in the model, as it was set, as did that day: what kiosks can do here nobody has said. */
const fitted = async (parts: WaitingParts, model: DayModel, asItWas: Arm): Promise<DayModel> => {
  const recorded = finishedAtKiosk(model)
  if (recorded === 0) return model
  const { visitors } = await liveOne(parts, asItWas, { model, seed: 'fit' })
  const factor = recorded / Math.max(1, visitors.selfServed ?? 0)
  return modelOf(parts.day, Math.min(fitMost, Math.max(1 / fitMost, factor))) ?? model
}

const liveAll = async (parts: WaitingParts, first: DayModel) => {
  const { seeds, onProgress, inForce, policy } = parts
  const settings = asSet(inForce)
  const asItWas = { title: 'as set', flows: settings, code: parts.before }
  const arms = [{ title: 'changed', flows: changedBy(settings, policy), code: parts.after }, asItWas]
  const model = await fitted(parts, first, asItWas)
  const figures: DayFigures[][] = [[], []]
  for (const [pair, seed] of seeds.entries()) {
    for (const [index, arm] of arms.entries())
      figures[index]?.push(await liveOne(parts, arm, { model, seed }))
    onProgress(`${pair + 1} of ${seeds.length} pairs of days lived`)
  }
  return figures as [DayFigures[], DayFigures[]]
}

export const estimateWaiting = async (parts: WaitingParts): Promise<WaitingAnswer> => {
  const model = tryModel(parts.day)
  if ('why' in model) return { waiting: null, whyNoWaiting: model.why }
  const [first, second] = await liveAll(parts, model)
  return {
    waiting: {
      tickets: model.tickets.length,
      seeds: parts.seeds.length,
      rows: figureRows.filter(({ id }) => shown.has(id)).map((row) => compareRow(first, second, row)),
      recordedMeanWaitMs: model.recordedMeanWaitMs,
    },
    whyNoWaiting: null,
  }
}
