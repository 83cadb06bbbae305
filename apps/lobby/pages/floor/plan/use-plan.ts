/** Everything that stands still on the plan, from the rows of the branch. */
import { useMemo } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { useTable } from '../../../live/use-live.ts'
import { type Box, boxAround, grown, middleOf, type ZoneShape, zoneShapes } from '../model/geometry.ts'
import { counterPoints, deviceStandings, type Standing } from '../model/standing.ts'
import { useSameParts } from '../use-same.ts'

export interface Plan {
  readonly shapes: readonly ZoneShape[]
  /** undefined: nothing has a position. */
  readonly box: Box | undefined
  readonly counters: ReadonlyMap<string, Point>
  readonly standings: ReadonlyMap<string, Standing>
  readonly goalOf: (to: NonNullable<LiveTask['to']>) => Point | null
}

const edgeMetres = 0.6

type Places = readonly Pick<LiveRow<'places'>, 'id' | 'at'>[]

const boxOf = (shapes: readonly ZoneShape[], places: Places): Box | undefined => {
  const around = boxAround([
    ...shapes.flatMap(({ corners }) => corners),
    ...places.flatMap(({ at }) => (at === null ? [] : [at])),
  ])
  return around && grown(around, edgeMetres)
}

const goalIn = (places: Places, shapes: readonly ZoneShape[]): Plan['goalOf'] => {
  return (to) => {
    const place = places.find(({ id }) => id === to.place)?.at
    if (place != null) return place
    const shape = shapes.find(({ id }) => id === to.zone)
    return shape === undefined ? null : middleOf(shape.corners)
  }
}

/** What of each row decides where things stand: the rest of it changes with each second. */
const zonePart = ({ id, area, at }: LiveRow<'zones'>) => ({ id, area, at })
const placePart = ({ id, zone, kind, at }: LiveRow<'places'>) => ({ id, zone, kind, at })
const counterPart = ({ id, zone }: LiveRow<'counters'>) => ({ id, zone })
const devicePart = ({ id, kind, zone, place, at }: LiveRow<'devices'>) => ({ id, kind, zone, place, at })

export const usePlan = (): Plan => {
  const zones = useSameParts(useTable('zones'), zonePart)
  const places = useSameParts(useTable('places'), placePart)
  const counters = useSameParts(useTable('counters'), counterPart)
  const devices = useSameParts(useTable('devices'), devicePart)
  const ground = useMemo(() => {
    const shapes = zoneShapes(zones)
    return { shapes, box: boxOf(shapes, places), goalOf: goalIn(places, shapes) }
  }, [zones, places])
  const counterSpots = useMemo(
    () => counterPoints(counters, places, ground.shapes),
    [counters, places, ground],
  )
  const standings = useMemo(
    () => deviceStandings(devices, places, { shapes: ground.shapes, taken: [...counterSpots.values()] }),
    [devices, places, ground, counterSpots],
  )
  return useMemo(() => ({ ...ground, counters: counterSpots, standings }), [ground, counterSpots, standings])
}
