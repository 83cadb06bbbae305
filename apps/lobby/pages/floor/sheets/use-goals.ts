/** Where somebody can be led to. */
import { useSay, useTitle } from '../../../../ui/words.ts'
import { useTable } from '../../../live/use-live.ts'
import { shortCounter } from '../plan/counter-mark.tsx'
import type { GoalKey } from './draft.ts'
import { sheetWords } from './words.ts'

interface Goal {
  readonly id: GoalKey
  readonly text: string
}

export const useGoals = (): { readonly all: readonly Goal[]; readonly zones: readonly Goal[] } => {
  const say = useSay()
  const titleOf = useTitle()
  const zones = useTable('zones')
    .filter(({ staffOnly }) => !staffOnly)
    .map(({ id, title }): Goal => ({ id: `zone/${id}`, text: titleOf(title, id) }))
  const counters = useTable('counters').map(
    ({ id }): Goal => ({
      id: `counter/${id}`,
      text: say(sheetWords.counterNamed, { name: shortCounter(id) }),
    }),
  )
  const kiosks = useTable('devices')
    .filter(({ kind }) => kind === 'kiosk')
    .map(({ id, title }): Goal => ({ id: `kiosk/${id}`, text: titleOf(title, id) }))
  return { all: [...counters, ...kiosks, ...zones], zones }
}
