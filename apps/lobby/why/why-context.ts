/** Opens the explanation from anywhere: `useOpenWhy()({ task: id })`. */
import { createContext, useContext } from 'react'

export type WhyAbout =
  | { readonly task: string }
  | { readonly visit: string }
  | { readonly ticket: string }
  | { readonly device: string }
  /** What was around a moment, there or anywhere. */
  | { readonly from: number; readonly to: number; readonly zone?: string }

export type OpenWhy = (about: WhyAbout) => void

export const WhyContext = createContext<OpenWhy>(() => undefined)

export const useOpenWhy = (): OpenWhy => useContext(WhyContext)
