/** Somebody else saved it meanwhile: what is there now stands beside what was typed, and a person decides. */
import { UsersRound } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import content from './content.module.css'
import styles from './told.module.css'
import type { EditedHere } from './use-edited.ts'
import { contentWords } from './words.ts'

interface OvertakenProps {
  readonly here: Pick<EditedHere<unknown>, 'overtaken' | 'keepMine' | 'forget'>
  readonly who: string | undefined
  /** How it stands now, in one sentence. */
  readonly now: string | undefined
}

export const OvertakenNote = ({ here, who, now }: OvertakenProps) => {
  const say = useSay()
  if (here.overtaken === undefined) return null
  return (
    <section className={styles.overtaken} role="alert" data-overtaken={here.overtaken}>
      <h2 className={styles.overtakenHead}>
        <UsersRound aria-hidden size={22} />
        {say(contentWords.conflict, { who: who ?? say(contentWords.somebody) })}
      </h2>
      <p>{say(contentWords.conflictText)}</p>
      <p>
        {now === undefined ? say(contentWords.conflictGone) : say(contentWords.conflictNow, { said: now })}
      </p>
      <div className={content.actions}>
        <Button kind="primary" onPress={here.keepMine}>
          {say(contentWords.keepMine)}
        </Button>
        <Button onPress={here.forget}>{say(contentWords.takeTheirs)}</Button>
      </div>
    </section>
  )
}
