/** Something new waits above a list that is being touched. Takes no room, so that nothing jumps when it comes. */
import { ArrowUp } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import styles from './fresh-pill.module.css'

export interface FreshPillProps {
  readonly text: string
  readonly isShown: boolean
  readonly onPress: () => void
}

export const FreshPill = ({ text, isShown, onPress }: FreshPillProps) => (
  <div className={styles.pill} aria-live="polite">
    {isShown && (
      <Button kind="primary" icon={<ArrowUp aria-hidden size={20} />} onPress={onPress}>
        {text}
      </Button>
    )}
  </div>
)
