/** What somebody ordered and the hub did not do: said until it was read, wherever he is by now. */
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { useSay } from '../../ui/words.ts'
import { nameOfKey } from '../live/lives.ts'
import { useLives } from '../live/use-commands.ts'
import { commandWords } from './command-words.ts'
import styles from './toasts.module.css'
import { frameWords } from './words.ts'

const shownMax = 3

export const Toasts = () => {
  const say = useSay()
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const failed = useLives(({ state, key }) => state === 'failed' && !read.has(nameOfKey(key)))
  return (
    <section className={styles.toasts} aria-label={say(frameWords.toasts)} aria-live="assertive">
      {failed.slice(-shownMax).map(({ key, command, error }) => (
        <div key={nameOfKey(key)} className={styles.toast}>
          <CircleAlert aria-hidden />
          <p className={styles.words}>
            <strong>{say(frameWords.notDone, { what: say(commandWords[command.name]) })}</strong>
            <span>{error?.text}</span>
          </p>
          <Button kind="quiet" onPress={() => setRead(new Set([...read, nameOfKey(key)]))}>
            {say(frameWords.dismissToast)}
          </Button>
        </div>
      ))}
    </section>
  )
}
