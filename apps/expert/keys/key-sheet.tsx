/** The keys of this moment, on one sheet. */
import { Sheet } from '../../ui/dialog.tsx'
import { useSay } from '../../ui/words.ts'
import { expertWords } from '../words.ts'
import { useAllActions } from './context.ts'
import styles from './keys.module.css'

export const KeySheet = ({ onClose }: { onClose: () => void }) => {
  const say = useSay()
  const actions = useAllActions()
  return (
    <Sheet title={say(expertWords.keySheet)} isOpen onClose={onClose}>
      <p>{say(expertWords.keySheetText)}</p>
      <dl className={styles.rows}>
        <dt>{say(expertWords.palette)}</dt>
        <dd>
          <kbd className={styles.key}>{'Ctrl'}</kbd>
          <kbd className={styles.key}>{'K'}</kbd>
        </dd>
        {actions.flatMap(({ id, title, key }) =>
          key === null
            ? []
            : [
                <dt key={`${id}-title`}>{say(title)}</dt>,
                <dd key={`${id}-key`}>
                  <kbd className={styles.key}>{key.toUpperCase()}</kbd>
                </dd>,
              ],
        )}
      </dl>
    </Sheet>
  )
}
