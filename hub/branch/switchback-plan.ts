/**
 * A measuring plan: some flows work in some blocks of time and rest in others, drawn by lot, so that the difference is
 * theirs and not the hour's. Pure: plan, time zone and moment give the same block in every replay.
 */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { unitHash } from '#protocol/hash.ts'
import { Id } from '#protocol/ids.ts'
import { dayMs, dayNumber, dayText, minuteMs, weekdayOf } from '#protocol/local-time.ts'
import { instantOf, offsetMinutes } from './local-time.ts'

/**
 * What may rest for a comparison: what makes a visit pleasanter or shorter. What people rely on for help and safety
 * (assistance, crowding, device care, counters, emergency) is never switched off to measure it.
 */
export const measurableFlows: readonly string[] = [
  'diversion',
  'diversion-invitation',
  'greeting',
  'promotion',
]

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as 09:30')
const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-10-01')
  .refine((day) => !Number.isNaN(Date.parse(`${day}T00:00:00Z`)), 'no such day')

export const SwitchbackPlan = z.strictObject({
  flows: z.array(Id).min(1),
  blockMs: z
    .int()
    .min(10 * minuteMs)
    .max(240 * minuteMs),
  /** At the start of each block visitors are not counted: the queue of the block before must have gone. */
  burnInMs: z.int().min(0),
  weekdays: z.array(z.enum(['1', '2', '3', '4', '5', '6', '7'])).min(1),
  hours: z.strictObject({ from: TimeOfDay, to: TimeOfDay }),
  seed: z.string().min(1).max(64),
  from: Day,
  /** The last day. */
  until: Day,
})
export type SwitchbackPlan = Readonly<z.infer<typeof SwitchbackPlan>>

export type Arm = 'on' | 'off'

export interface Block {
  /** `day/slot` */
  readonly id: string
  readonly day: string
  readonly arm: Arm
  /** The block with and the block without that are compared with each other. */
  readonly pair: string
  /** Blocks whose arms came from one toss of the coin. */
  readonly toss: string
  readonly from: number
  readonly until: number
}

const daysMax = 366

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const numberOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMs

const slotCount = ({ hours, blockMs }: SwitchbackPlan) =>
  Math.floor(((minuteOf(hours.to) - minuteOf(hours.from)) * minuteMs) / blockMs)

const faultOf = (plan: SwitchbackPlan): string | undefined => {
  if (new Set(plan.flows).size < plan.flows.length) return 'A flow is named twice.'
  if (plan.flows.includes('diversion-invitation') && !plan.flows.includes('diversion'))
    return 'diversion-invitation cannot rest while diversion goes on inviting: name both, or diversion alone.'
  if (plan.blockMs % minuteMs !== 0 || plan.burnInMs % minuteMs !== 0)
    return 'Blocks and burn-in are of whole minutes.'
  if (plan.burnInMs > plan.blockMs / 2) return 'The burn-in takes more than half of each block.'
  if (slotCount(plan) < 2) return 'The hours of a day must hold at least two blocks.'
  if (plan.until < plan.from) return 'It ends before it begins.'
  return numberOf(plan.until) - numberOf(plan.from) >= daysMax ? 'It lasts longer than a year.' : undefined
}

/** @throws UsherError `effect.flow-kept` or `effect.plan-invalid`, saying what is wrong. */
export const checkPlan = (plan: SwitchbackPlan): SwitchbackPlan => {
  const kept = plan.flows.filter((flow) => !measurableFlows.includes(flow))
  if (kept.length > 0) throw new UsherError('effect.flow-kept', kept.join(', '))
  const fault = faultOf(plan)
  if (fault !== undefined) throw new UsherError('effect.plan-invalid', fault)
  return { ...plan, flows: plan.flows.toSorted(), weekdays: [...new Set(plan.weekdays)].sort() }
}

const isPlanDay = (plan: SwitchbackPlan, day: number) =>
  day >= numberOf(plan.from) && day <= numberOf(plan.until) && plan.weekdays.includes(weekdayOf(day) as '1')

/** Which of the plan's own days it is, from 0. */
const placeOf = (plan: SwitchbackPlan, day: number) => {
  let place = 0
  for (let one = numberOf(plan.from); one < day; one++) if (isPlanDay(plan, one)) place += 1
  return place
}

/**
 * Neighbouring blocks are a pair, one with and one without; which comes first is tossed for. The next of the plan's
 * days has the same pair the other way round, so that over two days each hour was had both ways (a two by two square).
 * A block left over at the end of the day is paired with its like on the other day.
 */
const drawn = (plan: SwitchbackPlan, day: number, slot: number): Pick<Block, 'arm' | 'pair' | 'toss'> => {
  const place = placeOf(plan, day)
  const [twoDays, second] = [Math.floor(place / 2), place % 2 === 1]
  const [couple, later] = [Math.floor(slot / 2), slot % 2 === 1]
  const alone = !later && slot === slotCount(plan) - 1
  const toss = `${twoDays}/${couple}`
  const heads = unitHash(plan.seed, toss, 'switchback') < 0.5
  const arm: Arm = (heads !== second) !== later ? 'on' : 'off'
  return { arm, toss, pair: alone ? `${twoDays}/${couple}` : `${dayText(day)}/${couple}` }
}

/** The blocks of one day, in order; none on a day the plan leaves out. */
export const blocksOn = (plan: SwitchbackPlan, timeZone: string, day: number): readonly Block[] => {
  if (!isPlanDay(plan, day)) return []
  const first = instantOf(timeZone, day, minuteOf(plan.hours.from))
  return Array.from({ length: slotCount(plan) }, (_, slot) => ({
    id: `${dayText(day)}/${slot}`,
    day: dayText(day),
    ...drawn(plan, day, slot),
    from: first + slot * plan.blockMs,
    until: first + (slot + 1) * plan.blockMs,
  }))
}

const today = (timeZone: string, at: number) => dayNumber(at, offsetMinutes(timeZone, at))

export const blockAt = (plan: SwitchbackPlan, timeZone: string, at: number): Block | undefined =>
  blocksOn(plan, timeZone, today(timeZone, at)).find((block) => block.from <= at && at < block.until)

/** The next beginning or end of a block after that moment; undefined once the plan is through. */
export const nextEdge = (plan: SwitchbackPlan, timeZone: string, after: number): number | undefined => {
  const first = Math.max(today(timeZone, after), numberOf(plan.from))
  for (let day = first; day <= numberOf(plan.until); day++) {
    const edge = blocksOn(plan, timeZone, day)
      .flatMap(({ from, until }) => [from, until])
      .find((at) => at > after)
    if (edge !== undefined) return edge
  }
  return undefined
}

/** Every block of the plan, for those who want to see what was drawn. */
export const allBlocks = (plan: SwitchbackPlan, timeZone: string): readonly Block[] =>
  Array.from({ length: numberOf(plan.until) - numberOf(plan.from) + 1 }, (_, index) =>
    blocksOn(plan, timeZone, numberOf(plan.from) + index),
  ).flat()
