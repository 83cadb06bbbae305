/**
 * The place table: the branch's places and zones on one side, the names a robot was taught on the other. A name that is
 * not in it is refused before anything is promised.
 */
import type { Spot } from '#protocol/targets.ts'
import { rowOf, spotOfRow } from '../shared/spots.ts'
import type { NamedPlace } from './config.ts'

/** Robots write names in small letters, or with a space more. */
export const sameName = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

export interface PlaceTable {
  /**
   * The robot's name of a spot: of its place, or, where `zoneWill` do, of the zone around it.
   * @returns undefined when it knows no such place.
   */
  nameOf(spot: Spot, how: { readonly zoneWill: boolean }): string | undefined
  /** Where in the branch that is. */
  spotOf(name: string | null | undefined): Spot | undefined
  /** What the robot says it was taught; rows that it does not know count as missing from then on. */
  taught(locations: readonly string[]): void
  /** Rows that the robot was never taught. */
  missing(): readonly string[]
}

export const createPlaceTable = (places: Readonly<Record<string, NamedPlace>>): PlaceTable => {
  let known: readonly string[] | undefined
  const taughtName = ({ name, aliases }: NamedPlace): string | undefined => {
    if (known === undefined) return name
    const list = known
    return [name, ...aliases].map((one) => list.find((given) => sameName(given, one))).find(Boolean)
  }
  return {
    nameOf(spot, { zoneWill }) {
      const row = rowOf(places, spot, { zoneWill, fits: (place) => taughtName(place) !== undefined })
      return row && taughtName(row)
    },
    spotOf(name) {
      if (name === null || name === undefined) return undefined
      const found = Object.entries(places).find(([, place]) =>
        [place.name, ...place.aliases].some((one) => sameName(one, name)),
      )
      return found && spotOfRow(found)
    },
    taught(locations) {
      known = [...locations]
    },
    missing: () =>
      Object.entries(places)
        .filter(([, place]) => taughtName(place) === undefined)
        .map(([id]) => id),
  }
}
