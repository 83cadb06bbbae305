/** The favourites of whoever is signed in. */
import { useCallback, useState } from 'react'
import type { Ask } from '#protocol/desk/live/ask.ts'
import { useMe } from '../../live/use-live.ts'
import { readFavourites, toggled } from './favourites.ts'

export interface Favourites {
  readonly list: readonly Ask[]
  readonly toggle: (ask: Ask) => void
}

export const useFavourites = (): Favourites => {
  const { name } = useMe()
  const key = `usher.favourites.${name}`
  const [list, setList] = useState(() => readFavourites(localStorage.getItem(key)))
  const toggle = useCallback(
    (ask: Ask) => {
      const next = toggled(readFavourites(localStorage.getItem(key)), ask)
      localStorage.setItem(key, JSON.stringify(next))
      setList(next)
    },
    [key],
  )
  return { list, toggle }
}
