/** Everything that stands still on the plan, from the rows of the branch. */
import { useMemo } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { useTable } from '../../../live/use-live.ts'
import { type Box, boxAround, grown, middleOf, type ZoneShape, zoneShapes } from '../model/geometry.ts'
import { counterPoints, deviceStandings, type Standing } from '../model/standing.ts'
import { useSame } from '../use-same.ts'

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

export const usePlan = (): Plan => {
  const zones = useSame(useTable('zones').map(({ id, area, at }) => ({ id, area, at })))
  const places = useSame(useTable('places').map(({ id, zone, kind, at }) => ({ id, zone, kind, at })))
  const counters = useSame(useTable('counters').map(({ id, zone }) => ({ id, zone })))
  const devices = useSame(useTable('devices').map(({ id, zone, place, at }) => ({ id, zone, place, at })))
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
