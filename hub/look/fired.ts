/** How often a flow would have acted on a recorded day, had it been set otherwise: before a setting meets customers. */
import { isDeepStrictEqual } from 'node:util'
import type { FiredAnswer, FiredAsked } from '#protocol/desk/look/flows.ts'
import { UsherError } from '#protocol/errors.ts'
import { canonicalJson } from '../engine/canonical.ts'
import { carriedPolicy } from '../engine/flow-set.ts'
import { dayNamed, recordedDay } from '../ops/recorded-day.ts'
import { labelsOf } from './flows.ts'
import type { LookParts } from './parts.ts'
import { type Rehearsed, rehearseDay, type Wish } from './rehearsal.ts'
import { capabilityNames, wishNames } from './words/names.ts'
import type { Tongue } from './words/pair.ts'

/** Answers that are remembered: a page asks again when somebody comes back to a slider. */
const rememberedMax = 30

const json = (value: unknown) => (value ?? null) as FiredAnswer['changes'][number]['was']

export const createFired = (look: LookParts) => {
  const { engine, branch, store, settings } = look
  const remembered = new Map<string, Rehearsed>()
  let isBusy = false

  const wishOf = async ({ flow: id, policy, autonomy }: FiredAsked): Promise<Wish> => {
    const flow = engine.flows.get(id)
    if (flow === undefined) throw new UsherError('flow.unknown', id)
    const row = await engine.read((state) => state.flowSettings.get(id))
    const now = carriedPolicy(flow, row?.policy ?? {}).policy
    // Refused here, before a day is written down for it.
    const whole = look.parsePolicy(id, { ...now, ...policy })
    return { policy: whole, ...(autonomy !== undefined && { autonomy }) }
  }

  const rehearsed = async (day: string, timeZone: string, about: { flow: string; wish: Wish }) => {
    if (look.rehearsal === undefined) throw new UsherError('what-if.unavailable')
    if (isBusy) throw new UsherError('hub.busy')
    isBusy = true
    try {
      const { seq: headSeq } = engine.position()
      const parts = { branch, store, settings, timeZone, nowMs: look.nowMs(), headSeq }
      const lines = recordedDay(parts, day)
      return await rehearseDay({ ...look.rehearsal, lines }, about)
    } finally {
      isBusy = false
    }
  }

  return async (asked: FiredAsked, tongue: Tongue): Promise<FiredAnswer> => {
    const wish = await wishOf(asked)
    const timeZone = await engine.read((state) => state.branch.get('branch')?.timeZone ?? 'UTC')
    const day = dayNamed(asked.day ?? 'yesterday', { timeZone, nowMs: look.nowMs() })
    const isOver = day !== dayNamed('today', { timeZone, nowMs: look.nowMs() })
    const key = canonicalJson({ day, timeZone, flow: asked.flow, wish })
    const found = remembered.get(key) ?? (await rehearsed(day, timeZone, { flow: asked.flow, wish }))
    if (isOver) remembered.set(key, found)
    for (const old of [...remembered.keys()].slice(0, -rememberedMax)) remembered.delete(old)
    return told(found, { day, asked, tongue, labels: labelsOf(engine.flows.get(asked.flow), tongue) })
  }
}

const told = (
  { changed, counts, entries, differing }: Rehearsed,
  about: { day: string; asked: FiredAsked; tongue: Tongue; labels: Readonly<Record<string, string>> },
): FiredAnswer => ({
  day: about.day,
  flow: about.asked.flow,
  changes: changed
    .filter(({ was, becomes }) => !isDeepStrictEqual(was, becomes))
    .map(({ setting, was, becomes }) => ({
      name: setting,
      label: about.labels[setting] ?? setting,
      was: json(was),
      is: json(becomes),
    })),
  counts: counts.map((count) => ({
    ...count,
    words: (capabilityNames[count.what] ?? wishNames[count.what])?.[about.tongue] ?? count.what,
  })),
  entries,
  differing,
})
