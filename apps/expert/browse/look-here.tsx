/** Where the customer is to look, chosen by its name: for whoever works with keys. */
import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { Named } from '../../browse/mirror.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useSay } from '../../ui/words.ts'
import choose from '../call/choose-one.module.css'
import { browseWords } from './words.ts'

export interface LookHereProps {
  readonly named: readonly Named[]
  readonly onChoose: (node: number) => void
  readonly onClose: () => void
}

export const LookHere = ({ named, onChoose, onClose }: LookHereProps) => {
  const say = useSay()
  const [node, setNode] = useState<string>()
  return (
    <Dialog
      title={say(browseWords.lookTitle)}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" isDisabled={node === undefined} onPress={() => onChoose(Number(node))}>
          {say(browseWords.look)}
        </Button>
      }
    >
      {named.length === 0 ? (
        <p>{say(browseWords.lookNone)}</p>
      ) : (
        <RadioGroup className={classes(choose.radios)} value={node ?? null} onChange={setNode}>
          <Label className="visually-hidden">{say(browseWords.lookTitle)}</Label>
          {named.map(({ node: id, text }, nth) => (
            <Radio key={id} value={`${id}`} autoFocus={nth === 0} className={classes(choose.radio)}>
              <span className={choose.dot} />
              <span className={choose.text}>{text}</span>
            </Radio>
          ))}
        </RadioGroup>
      )}
    </Dialog>
  )
}
