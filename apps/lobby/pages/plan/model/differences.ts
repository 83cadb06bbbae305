/** What differs between two plans, thing by thing, and how one person's changes go on top of another's. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { isSame, type Kind, type Picked, type Place, type Placement, type Plan, type Zone } from './plan.ts'

export interface Difference extends Picked {
  readonly what: 'added' | 'removed' | 'changed'
  /** The names of what differs, for one that changed. */
  readonly fields: readonly string[]
}

type Thing = Zone | Place | Placement

const listOf = { zone: 'zones', place: 'places', device: 'devices' } as const satisfies Record<
  Kind,
  keyof Plan
>
const kinds = ['zone', 'place', 'device'] as const

export const thingIn = (plan: Plan, { kind, id }: Picked): Thing | undefined =>
  (plan[listOf[kind]] as readonly Thing[]).find((one) => one.id === id)

const fieldsOf = (was: Thing, is: Thing): readonly string[] => {
  const [a, b] = [was, is] as unknown as readonly Readonly<Record<string, unknown>>[]
  const names = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...names].filter((name) => !isSame(a?.[name], b?.[name])).sort()
}

const differencesOf = (kind: Kind, was: Plan, is: Plan): readonly Difference[] => {
  const before = was[listOf[kind]] as readonly Thing[]
  const after = is[listOf[kind]] as readonly Thing[]
  const gone = before.filter(({ id }) => !after.some((one) => one.id === id))
  return [
    ...after.flatMap((one): readonly Difference[] => {
      const old = before.find(({ id }) => id === one.id)
      if (old === undefined) return [{ kind, id: one.id, what: 'added', fields: [] }]
      const fields = fieldsOf(old, one)
      return fields.length === 0 ? [] : [{ kind, id: one.id, what: 'changed', fields }]
    }),
    ...gone.map(({ id }): Difference => ({ kind, id, what: 'removed', fields: [] })),
  ]
}

export const differences = (was: Plan, is: Plan): readonly Difference[] =>
  kinds.flatMap((kind) => differencesOf(kind, was, is))

const isOf = (a: Picked, b: Picked) => a.kind === b.kind && a.id === b.id

export interface Three {
  /** What both began with. */
  readonly base: Plan
  readonly mine: Plan
  readonly theirs: Plan
}

/** What both changed, and not to the same. */
export const clashesIn = ({ base, mine, theirs }: Three): readonly Difference[] => {
  const others = differences(base, theirs)
  return differences(base, mine).filter(
    (one) => others.some((other) => isOf(one, other)) && !isSame(thingIn(mine, one), thingIn(theirs, one)),
  )
}

const merged = (kind: Kind, { base, mine, theirs }: Three): readonly Thing[] => {
  const touched = differencesOf(kind, base, mine)
  const own: readonly Thing[] = mine[listOf[kind]]
  const isMine = (id: string) => touched.some((one) => one.id === id)
  const kept = (theirs[listOf[kind]] as readonly Thing[]).flatMap((one) => {
    if (!isMine(one.id)) return [one]
    const as = own.find(({ id }) => id === one.id)
    return as === undefined ? [] : [as]
  })
  return [...kept, ...own.filter((one) => isMine(one.id) && !kept.some(({ id }) => id === one.id))]
}

/** What one changed stays as one has it; everything else is as the other left it. Devices come and go elsewhere. */
export const onTop = (three: Three): Plan => ({
  zones: merged('zone', three) as readonly Zone[],
  places: merged('place', three) as readonly Place[],
  devices: (merged('device', three) as readonly Placement[]).filter(({ id }) =>
    three.theirs.devices.some((one) => one.id === id),
  ),
})

/** How far an outline went as a whole; undefined: it changed its shape. */
export const wayOf = (was: readonly Point[], is: readonly Point[]): Point | undefined => {
  const [a, b] = [was[0], is[0]]
  if (a === undefined || b === undefined || was.length !== is.length) return undefined
  const way = { x: b.x - a.x, y: b.y - a.y }
  const isWhole = is.every((corner, nth) => {
    const from = was[nth]
    return (
      from !== undefined &&
      Math.abs(corner.x - from.x - way.x) < 0.005 &&
      Math.abs(corner.y - from.y - way.y) < 0.005
    )
  })
  return isWhole ? way : undefined
}
