/** Off all screens at once, which nobody else is asked about: held; where it has to be shown, only after one has read what that means. */
import { CircleOff } from 'lucide-react'
import { useState } from 'react'
import type { ItemTold } from '#protocol/desk/content-routes.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { HoldButton } from '../../../ui/hold-button.tsx'
import { useSay } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import styles from './item.module.css'
import { versionPath } from './paths.ts'
import { contentWords } from './words.ts'

interface TakeOffProps {
  readonly item: ItemTold
  readonly title: string
  readonly isDisabled: boolean
  readonly onTakeOff: () => void
}

interface MandatoryProps extends TakeOffProps {
  readonly kind: NonNullable<ItemTold['mandatory']>
}

const TakeMandatoryOff = ({ item, kind, title, isDisabled, onTakeOff }: MandatoryProps) => {
  const say = useSay()
  const [isAsking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const takeOff = () => {
    close()
    onTakeOff()
  }
  return (
    <>
      <Button
        icon={<CircleOff aria-hidden size={20} />}
        isDisabled={isDisabled}
        onPress={() => setAsking(true)}
      >
        {say(contentWords.takeOff)}
      </Button>
      <Dialog
        role="alertdialog"
        title={say(contentWords.takeOffQuestion, { title })}
        isOpen={isAsking}
        onClose={close}
        actions={
          <>
            <Button kind="primary" onPress={() => go(versionPath(item.id))}>
              {say(contentWords.newVersion)}
            </Button>
            <Button kind="danger" onPress={takeOff}>
              {say(contentWords.takeOff)}
            </Button>
            <Button onPress={close}>{say(contentWords.back)}</Button>
          </>
        }
      >
        <p>{say(contentWords.takeOffMandatory, { kind: say(contentWords[`mandatory.${kind}`]) })}</p>
      </Dialog>
    </>
  )
}

export const TakeOff = (props: TakeOffProps) => {
  const say = useSay()
  const { item, title, isDisabled, onTakeOff } = props
  if (item.mandatory !== null) return <TakeMandatoryOff {...props} kind={item.mandatory} />
  return (
    <div className={styles.hold}>
      <HoldButton
        label={say(contentWords.takeOff)}
        icon={<CircleOff aria-hidden size={20} />}
        question={say(contentWords.takeOffQuestion, { title })}
        answer={say(contentWords.takeOffAnswer)}
        hint={say(contentWords.takeOffHint)}
        isDisabled={isDisabled}
        isWide
        onHeld={onTakeOff}
      />
    </div>
  )
}
