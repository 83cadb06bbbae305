/** Language and theme, to be read and set from anywhere on the page. */
import { createContext, useContext } from 'react'
import type { Tongue } from '../ui/words.ts'
import type { Theme } from './settings.ts'

export interface Settings {
  readonly tongue: Tongue
  readonly theme: Theme
  setTongue(tongue: Tongue): void
  setTheme(theme: Theme): void
}

export const SettingsContext = createContext<Settings | undefined>(undefined)

export const useSettings = (): Settings => {
  const settings = useContext(SettingsContext)
  if (settings === undefined) throw new Error('Outside of a page of the lobby.')
  return settings
}
