/** Whether whoever looks leads the experts, and what they listen to. */
import { createContext, useContext } from 'react'
import { useMe } from '../../lobby/live/use-live.ts'

export const useIsLead = (): boolean => useMe().roles.includes('lead')

export interface ListeningChoice {
  readonly call: string | undefined
  readonly to: (call: string | undefined) => void
}

const nobody: ListeningChoice = { call: undefined, to: () => undefined }
export const ListeningContext = createContext<ListeningChoice>(nobody)
export const useListening = (): ListeningChoice => useContext(ListeningContext)
