/** A preview as large as this tablet: who agrees to something reads every word of it. */
import { Maximize2, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { commonWords } from '../../../ui/common-words.ts'
import dialog from '../../../ui/dialog.module.css'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './enlarge.module.css'
import { contentWords } from './words.ts'

interface EnlargeProps {
  readonly label: string
  readonly children: ReactNode
}

export const Enlarge = ({ label, children }: EnlargeProps) => {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="quiet" icon={<Maximize2 aria-hidden size={20} />} onPress={() => setOpen(true)}>
        {say(contentWords.enlarge)}
      </Button>
      <ModalOverlay className={classes(dialog.veil)} isDismissable isOpen={isOpen} onOpenChange={setOpen}>
        <Modal className={classes(styles.window)}>
          <Dialog aria-label={label} className={classes(styles.dialog)}>
            <IconButton
              kind="plain"
              label={say(commonWords.close)}
              icon={<X aria-hidden />}
              onPress={() => setOpen(false)}
            />
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}
