/** What somebody does often, kept on this tablet under his name. Never anything about one visitor. */
import { z } from 'zod'
import { Ask } from '#protocol/desk/live/ask.ts'

export const favouritesMax = 8

const Kept = z.array(Ask).max(favouritesMax)

/** Who it is for is another one each time. */
const personal: readonly (keyof Ask)[] = ['visit', 'ticket', 'note', 'beyondCap']

export const favouriteOf = (ask: Ask): Ask =>
  Object.fromEntries(Object.entries(ask).filter(([name]) => !personal.includes(name as keyof Ask))) as Ask

/** The same whatever the order of its fields. */
export const keyOf = (ask: Ask): string =>
  JSON.stringify(
    Object.entries(favouriteOf(ask))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [
        name,
        typeof value === 'object' ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value,
      ]),
  )

export const readFavourites = (text: string | null): readonly Ask[] => {
  if (text === null) return []
  try {
    const read = Kept.safeParse(JSON.parse(text))
    return read.success ? read.data : []
  } catch {
    return []
  }
}

export const isFavourite = (favourites: readonly Ask[], ask: Ask): boolean =>
  favourites.some((one) => keyOf(one) === keyOf(ask))

/** In or out; the oldest makes way. */
export const toggled = (favourites: readonly Ask[], ask: Ask): readonly Ask[] =>
  isFavourite(favourites, ask)
    ? favourites.filter((one) => keyOf(one) !== keyOf(ask))
    : [...favourites, favouriteOf(ask)].slice(-favouritesMax)
