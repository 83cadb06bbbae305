/** The actions of the page, for whoever offers some and whoever lists them. */
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'
import type { Action, ActionStore } from './actions.ts'

export const ActionContext = createContext<ActionStore | undefined>(undefined)

/** For who listens to the keyboard: looked at when a key is pressed. */
export const useActionStore = (): ActionStore => {
  const store = useContext(ActionContext)
  if (store === undefined) throw new Error('Outside of the console.')
  return store
}

/** Offers them for as long as the component is there. */
export const useActions = (name: string, actions: readonly Action[]): void => {
  const store = useActionStore()
  // Each is of the moment it was drawn in.
  useEffect(() => store.put(name, actions))
  useEffect(() => () => store.drop(name), [store, name])
}

export const useAllActions = (): readonly Action[] => {
  const store = useActionStore()
  return useSyncExternalStore(store.subscribe, store.all)
}
