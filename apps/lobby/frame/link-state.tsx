/** Whether what is shown is live, and of when it is. */
import { Badge } from '../../ui/badge.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useLive } from '../live/context.ts'
import { useConnection, useNow } from '../live/use-live.ts'
import styles from './top-bar.module.css'
import { frameWords } from './words.ts'

/** The hub says something every two seconds: younger than this is not worth a word. */
export const staleMs = 6_500

/** Counts on with each second. */
export const useDataAge = (): number | undefined => {
  const now = useNow()
  const { connection } = useLive()
  const dataAt = connection.dataAt()
  return dataAt === null ? undefined : Math.max(0, now - dataAt)
}

export const LinkState = () => {
  const say = useSay()
  const format = useFormat()
  const { state } = useConnection()
  const age = useDataAge()
  if (state === 'live')
    return (
      <span className={styles.link}>
        <span className={styles.dot} />
        {say(frameWords.live)}
      </span>
    )
  const words = say(state === 'offline' ? frameWords.offline : frameWords.connecting)
  return (
    <Badge tone={state === 'offline' ? 'high' : 'plain'}>
      {age === undefined || age < staleMs
        ? words
        : `${words} · ${say(frameWords.dataAge, { age: format.duration(age) })}`}
    </Badge>
  )
}
