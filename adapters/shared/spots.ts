/** The place table of a robot: rows under the branch's names of places and zones, whatever a row holds. */
import type { Spot } from '#protocol/targets.ts'

/** Where the key is a place: the zone that it is in. */
export interface PlaceKind {
  readonly zone?: string | undefined
}

/** The row of a spot: of its place, or, where `zoneWill` do, of the zone around it. */
export const rowOf = <Row>(
  rows: Readonly<Record<string, Row>>,
  spot: Spot,
  how: { readonly zoneWill: boolean; readonly fits?: (row: Row) => boolean },
): Row | undefined => {
  const { zoneWill, fits = () => true } = how
  const row = (id: string | undefined) => {
    const found = id !== undefined && Object.hasOwn(rows, id) ? rows[id] : undefined
    return found !== undefined && fits(found) ? found : undefined
  }
  if (spot.place === undefined) return row(spot.zone)
  return row(spot.place) ?? (zoneWill ? row(spot.zone) : undefined)
}

/** Where in the branch a row is. */
export const spotOfRow = ([id, { zone }]: readonly [string, PlaceKind]): Spot =>
  zone === undefined ? { zone: id } : { place: id, zone }

/** A spot that names nothing. */
export const isNowhere = ({ place, zone, pose }: Spot) =>
  place === undefined && zone === undefined && pose === undefined
