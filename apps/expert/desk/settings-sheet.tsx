/** Language, appearance, keys, and the way out. */
import { UserRound } from 'lucide-react'
import { Looks, SignOut } from '../../lobby/frame/settings-sheet.tsx'
import { useMe } from '../../lobby/live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import { useSingleKeys } from '../keys/single-keys.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'

export const SettingsSheet = ({ onClose }: { onClose: () => void }) => {
  const say = useSay()
  const titleOf = useTitle()
  const me = useMe()
  const keys = useSingleKeys()
  return (
    <Sheet title={say(expertWords.settings)} isOpen onClose={onClose}>
      <div className={styles.settings}>
        <Looks />
        <Toggle
          label={say(expertWords.keys)}
          hint={say(expertWords.keysHint)}
          isOn={keys.isOn}
          onChange={keys.set}
        />
        <p className={styles.soft}>{say(expertWords.signedInAs, { who: titleOf(me.title, me.name) })}</p>
        <Button wide icon={<UserRound aria-hidden />} onPress={() => window.location.assign('/account')}>
          {say(expertWords.account)}
        </Button>
        <SignOut />
      </div>
    </Sheet>
  )
}
