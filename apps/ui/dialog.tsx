/** A question that has to be answered before anything else. Closed with Escape, and by a touch beside it where it may be. */
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classes } from './classes.ts'
import { commonWords } from './common-words.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'
import { keepFocus } from './keep-focus.ts'
import { scrollByKeys } from './scroll-by-keys.ts'
import { useSay } from './words.ts'

export interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** Its buttons, the first one nearest to the thumb. */
  readonly actions?: ReactNode
  readonly role?: 'dialog' | 'alertdialog'
  /** false: only a button or Escape closes it. */
  readonly isDismissable?: boolean
}

interface FrameProps extends DialogProps {
  readonly kind: 'dialog' | 'sheet'
}

const Frame = ({ title, isOpen, onClose, children, actions, kind, ...more }: FrameProps) => {
  const say = useSay()
  return (
    <ModalOverlay
      className={classes(styles.veil, kind === 'sheet' && styles.side)}
      isOpen={isOpen}
      isDismissable={more.isDismissable ?? true}
      onOpenChange={(isNowOpen) => {
        if (!isNowOpen) onClose()
      }}
    >
      <Modal className={classes(kind === 'sheet' ? styles.sheet : styles.window)}>
        <AriaDialog ref={keepFocus} className={classes(styles.dialog)} role={more.role ?? 'dialog'}>
          <header className={styles.head}>
            <Heading slot="title" className={classes(styles.title)}>
              {title}
            </Heading>
            <IconButton label={say(commonWords.close)} icon={<X aria-hidden />} onPress={onClose} />
          </header>
          <div ref={scrollByKeys} className={styles.body}>
            {children}
          </div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export const Dialog = (props: DialogProps) => <Frame {...props} kind="dialog" />

/** More about one thing: beside the page in landscape, from below in portrait. */
export const Sheet = (props: DialogProps) => <Frame {...props} kind="sheet" />
