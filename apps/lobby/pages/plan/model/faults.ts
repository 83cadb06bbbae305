/** What is wrong with a plan before it is sent, each with what it is about. What only wants a look does not hold it back. */
import { idPattern } from '#protocol/ids.ts'
import { crossesItself, surfaceOf } from './grid.ts'
import { covers, type Kind, type Picked, type Plan } from './plan.ts'

type FaultCode =
  | 'no-zones'
  | 'bad-id'
  | 'id-twice'
  | 'few-corners'
  | 'no-surface'
  | 'crossed'
  | 'clear-gone'
  | 'clear-elsewhere'
  | 'place-zone'
  | 'place-outside'
  | 'device-zone'
  | 'device-place'
  | 'device-apart'
  | 'device-nowhere'

export interface Fault {
  readonly code: FaultCode
  /** undefined: the plan as a whole. */
  readonly of: Picked | undefined
  /** false: it may be sent so. */
  readonly isWrong: boolean
}

type Found = readonly Fault[]

const wrong = (code: FaultCode, kind: Kind, id: string): Fault => ({ code, of: { kind, id }, isWrong: true })
const odd = (code: FaultCode, kind: Kind, id: string): Fault => ({ code, of: { kind, id }, isWrong: false })

const names = (kind: Kind, all: readonly { readonly id: string }[]): Found =>
  all.flatMap(({ id }, nth) => [
    ...(idPattern.test(id) ? [] : [wrong('bad-id', kind, id)]),
    ...(all.findIndex((one) => one.id === id) < nth ? [wrong('id-twice', kind, id)] : []),
  ])

const outlines = ({ zones }: Plan): Found =>
  zones.flatMap(({ id, area }) => {
    if (area === undefined) return []
    if (area.length < 3) return [wrong('few-corners', 'zone', id)]
    if (crossesItself(area)) return [wrong('crossed', 'zone', id)]
    return surfaceOf(area) === 0 ? [wrong('no-surface', 'zone', id)] : []
  })

/** A zone keeps its own places clear; those of another are that one's to keep. */
const keptClear = ({ zones, places }: Plan): Found =>
  zones.flatMap(({ id, keepClear }) => {
    const kept = keepClear.map((name) => places.find((place) => place.id === name))
    return [
      ...(kept.includes(undefined) ? [wrong('clear-gone', 'zone', id)] : []),
      ...(kept.some((place) => place !== undefined && place.zone !== id)
        ? [odd('clear-elsewhere', 'zone', id)]
        : []),
    ]
  })

const spots = ({ zones, places }: Plan): Found =>
  places.flatMap(({ id, zone, at }) => {
    const around = zones.find((one) => one.id === zone)
    if (around === undefined) return [wrong('place-zone', 'place', id)]
    if (at === undefined || around.area === undefined || around.area.length < 3) return []
    return covers(around.area, at) ? [] : [wrong('place-outside', 'place', id)]
  })

const placements = ({ zones, places, devices }: Plan): Found =>
  devices.flatMap(({ id, zone, place }): Found => {
    if (zone === null && place === null) return [odd('device-nowhere', 'device', id)]
    if (zone !== null && !zones.some((one) => one.id === zone)) return [wrong('device-zone', 'device', id)]
    const spot = places.find((one) => one.id === place)
    if (place !== null && spot === undefined) return [wrong('device-place', 'device', id)]
    return spot !== undefined && zone !== null && spot.zone !== zone
      ? [wrong('device-apart', 'device', id)]
      : []
  })

export const faultsIn = (plan: Plan): Found => [
  ...(plan.zones.length === 0 ? [{ code: 'no-zones' as const, of: undefined, isWrong: true }] : []),
  ...names('zone', plan.zones),
  ...names('place', plan.places),
  ...outlines(plan),
  ...keptClear(plan),
  ...spots(plan),
  ...placements(plan),
]
