/** Acting by hand, and calling somebody remote with what is known already: on every page in the same corner. */
import { Headset, Plus } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { useSay } from '../../ui/words.ts'
import { isAnyThere } from '../calls/model.ts'
import { callWords } from '../calls/words.ts'
import { useMay } from '../live/use-commands.ts'
import { useTable } from '../live/use-live.ts'
import { useOpenAct } from '../pages/act/act-context.ts'
import styles from './expert.module.css'
import { useSearch } from './router.ts'
import { frameWords } from './words.ts'

/** What the page shows just now is what it is about. */
const useContextOfPage = () => {
  const search = useSearch()
  const visit = search.get('visit') ?? undefined
  const ticket = search.get('ticket') ?? undefined
  return { ...(visit !== undefined && { visit }), ...(ticket !== undefined && { ticket }) }
}

export const Act = () => {
  const say = useSay()
  const may = useMay()
  const open = useOpenAct()
  if (!may('ask')) return null
  return (
    <Button icon={<Plus aria-hidden size={20} />} onPress={() => open()}>
      {say(frameWords.act)}
    </Button>
  )
}

export const Expert = () => {
  const say = useSay()
  const may = useMay()
  const open = useOpenAct()
  const about = useContextOfPage()
  const isAnybody = isAnyThere(useTable('experts'))
  if (!may('ask')) return null
  return (
    <Button
      kind="primary"
      wide
      icon={<Headset aria-hidden />}
      onPress={() => open({ what: 'expert', ...about })}
    >
      {say(frameWords.expert)}
      {isAnybody === false && <small className={styles.away}>{say(callWords.noExpert)}</small>}
    </Button>
  )
}
