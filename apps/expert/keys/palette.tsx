/** Everything that can be done now, found by a word, with the key that would have done it at once. */
import { useState } from 'react'
import { Autocomplete, Input, Label, Menu, MenuItem, SearchField } from 'react-aria-components'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import fieldStyles from '../../ui/field.module.css'
import { useSay } from '../../ui/words.ts'
import { expertWords } from '../words.ts'
import { matching } from './actions.ts'
import { useAllActions } from './context.ts'
import styles from './keys.module.css'
import { useSingleKeys } from './single-keys.ts'

export const Palette = ({ onClose }: { onClose: () => void }) => {
  const say = useSay()
  const actions = useAllActions()
  const { isOn } = useSingleKeys()
  const [typed, setTyped] = useState('')
  const found = matching(actions, typed)
  return (
    <Dialog title={say(expertWords.palette)} isOpen onClose={onClose}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <SearchField autoFocus className={classes(fieldStyles.field)}>
          <Label className={classes(fieldStyles.label)}>{say(expertWords.paletteFind)}</Label>
          <Input className={classes(fieldStyles.input)} />
        </SearchField>
        <Menu
          aria-label={say(expertWords.palette)}
          className={classes(styles.list)}
          items={found}
          renderEmptyState={() => <p className={styles.none}>{say(expertWords.paletteNone)}</p>}
          onAction={(id) => {
            const action = found.find((one) => one.id === id)
            onClose()
            // After the dialog has given the focus back: what is done may move it.
            if (action !== undefined) setTimeout(action.run)
          }}
        >
          {({ id, title, key }) => (
            <MenuItem id={id} textValue={say(title)} className={classes(styles.item)}>
              {say(title)}
              {key !== null && isOn && <kbd className={styles.key}>{key.toUpperCase()}</kbd>}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  )
}
