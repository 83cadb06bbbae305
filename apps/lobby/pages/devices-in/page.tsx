/** Screens and kiosks: pages that show six characters become devices of the branch. For administrators. */
import { CloudOff } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { commonWords } from '../../../ui/common-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import { useSay } from '../../../ui/words.ts'
import { useAnswer } from '../../live/ask-hub.ts'
import styles from './devices-in.module.css'
import { LetIn } from './let-in.tsx'
import { usePairings } from './use-pairings.ts'
import { WaitingPages } from './waiting-pages.tsx'
import { devicesInWords } from './words.ts'

/** What keeps pages out, before somebody looks for it at the screen. */
const DoorNote = () => {
  const say = useSay()
  const { data: door } = useAnswer('door', {})
  if (door === undefined || door.wss !== null) return null
  const isClosed = door.ws === null
  return (
    <section className={styles.note}>
      <h2>{say(isClosed ? devicesInWords.closed : devicesInWords.localOnly)}</h2>
      <p>{say(isClosed ? devicesInWords.closedText : devicesInWords.localOnlyText)}</p>
    </section>
  )
}

export const Page = () => {
  const say = useSay()
  const { data, error, again } = usePairings()
  if (data === undefined && error === undefined)
    return <p className={styles.loading}>{say(devicesInWords.loading)}</p>
  if (data === undefined)
    return (
      <Empty
        icon={<CloudOff aria-hidden size={40} />}
        title={say(devicesInWords.unreached)}
        text={error?.error?.text ?? say(devicesInWords.unreachedText)}
        action={<Button onPress={again}>{say(commonWords.retry)}</Button>}
      />
    )
  return (
    <div className={styles.page}>
      <h1>{say(devicesInWords.title)}</h1>
      <DoorNote />
      <div className={styles.columns}>
        <LetIn pairings={data} again={again} />
        <WaitingPages waiting={data.waiting} />
      </div>
    </div>
  )
}
