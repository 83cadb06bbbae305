/** Opens the dialog for acting by hand from anywhere: `useOpenAct()({ what: 'guide', visit })`. */
import { createContext, useContext } from 'react'
import type { ActPrefill } from './prefill.ts'

export type OpenAct = (prefill?: ActPrefill) => void

export const ActContext = createContext<OpenAct>(() => undefined)

export const useOpenAct = (): OpenAct => useContext(ActContext)
