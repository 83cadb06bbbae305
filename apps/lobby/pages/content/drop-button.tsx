/** Deletes a loop or a campaign, once somebody was asked; it can be undone right after. */
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useSay } from '../../../ui/words.ts'
import { contentWords } from './words.ts'

interface DropButtonProps {
  readonly title: string
  readonly isDisabled: boolean
  readonly onDrop: () => void
}

export const DropButton = ({ title, isDisabled, onDrop }: DropButtonProps) => {
  const say = useSay()
  const [isAsking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const drop = () => {
    close()
    onDrop()
  }
  return (
    <>
      <Button
        kind="quiet"
        icon={<Trash2 aria-hidden size={20} />}
        isDisabled={isDisabled}
        onPress={() => setAsking(true)}
      >
        {say(contentWords.drop)}
      </Button>
      <Dialog
        role="alertdialog"
        title={say(contentWords.dropQuestion, { title })}
        isOpen={isAsking}
        onClose={close}
        actions={
          <>
            <Button kind="danger" onPress={drop}>
              {say(contentWords.drop)}
            </Button>
            <Button onPress={close}>{say(contentWords.back)}</Button>
          </>
        }
      >
        <p>{say(contentWords.dropText)}</p>
      </Dialog>
    </>
  )
}
