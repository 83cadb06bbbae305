/** Whether one character alone does something: whoever speaks to the machine, or types with a tremor, switches it off (WCAG 2.1.4). */
import { createContext, useContext } from 'react'

const key = 'usher.expert.keys'

export const readSingleKeys = (): boolean => localStorage.getItem(key) !== 'off'
export const keepSingleKeys = (isOn: boolean): void => localStorage.setItem(key, isOn ? 'on' : 'off')

export interface SingleKeys {
  readonly isOn: boolean
  set(isOn: boolean): void
}

export const SingleKeysContext = createContext<SingleKeys>({ isOn: true, set: () => undefined })
export const useSingleKeys = (): SingleKeys => useContext(SingleKeysContext)
