/** What rows of the branch say, for whoever shows them. */
import { useMemo } from 'react'
import { useTongue } from '../../ui/words.ts'
import { useLive } from '../live/context.ts'
import { useHubWords } from '../live/hub-words.ts'
import { useBranch } from '../live/use-live.ts'
import { createNames, type Names } from './names.ts'
import { createSaid, type Said } from './said.ts'

/** Titles change with the branch file only: whoever asks is drawn anew then. */
export const useNames = (): Names => {
  const { tables } = useLive()
  const tongue = useTongue()
  const revision = useBranch()?.revision
  return useMemo(() => createNames(tables, { tongue, revision }), [tables, tongue, revision])
}

export const useSaid = (): Said => {
  const words = useHubWords()
  const names = useNames()
  return useMemo(() => createSaid(words, names), [words, names])
}
