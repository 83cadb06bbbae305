/** A button that shows its key, so that nobody has to learn them by heart. */
import { Button, type ButtonProps } from '../../ui/button.tsx'
import styles from './keys.module.css'
import { useSingleKeys } from './single-keys.ts'

export interface KeyedButtonProps extends ButtonProps {
  readonly keyName: string
}

export const KeyedButton = ({ keyName, children, ...more }: KeyedButtonProps) => {
  const { isOn } = useSingleKeys()
  return (
    <Button {...more}>
      {children}
      {isOn && (
        <kbd aria-hidden className={styles.key}>
          {keyName.toUpperCase()}
        </kbd>
      )}
    </Button>
  )
}
