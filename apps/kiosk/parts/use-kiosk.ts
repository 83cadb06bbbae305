/** What every part of the page has at hand: the kiosk, and how it speaks to whoever is there. */
import { createContext, useContext } from 'react'
import type { Put } from '../journey/runner.ts'
import type { Person, View, World } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import type { Kiosk } from '../outside/kiosk.ts'
import { type Speech, speechOf } from '../words/say.ts'

export const KioskContext = createContext<Kiosk | null>(null)
export const ViewContext = createContext<Pick<View, 'language' | 'elder'>>({ language: 'zh', elder: false })

export const useKiosk = (): Kiosk => {
  const kiosk = useContext(KioskContext)
  if (kiosk === null) throw new Error('This part of the page stands outside of the kiosk.')
  return kiosk
}

export const usePut = (): Put => useKiosk().put

export const useSpeech = (): Speech => speechOf(useCell(useKiosk().own).settings, useContext(ViewContext))

/** Follows everything that the branch allows. */
export const useWorld = (): World => {
  const { own, board, desk, world } = useKiosk()
  useCell(own)
  useCell(board)
  useCell(desk)
  return world()
}

export interface PageProps {
  readonly person: Person
}
