/** Which branch, what time it is there, whether what is shown is live, and how the automation stands. */
import { Settings2 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import { useBranch } from '../live/use-live.ts'
import { Automation } from './automation.tsx'
import { Clock } from './clock.tsx'
import { LinkState } from './link-state.tsx'
import { SettingsSheet } from './settings-sheet.tsx'
import styles from './top-bar.module.css'
import { frameWords } from './words.ts'

export const TopBar = ({ onShift }: { onShift: () => void }) => {
  const say = useSay()
  const titleOf = useTitle()
  const branch = useBranch()
  const [isOpen, setOpen] = useState(false)
  return (
    <header className={styles.bar}>
      <strong className={styles.branch}>
        {branch === undefined ? '' : titleOf(branch.title, branch.id)}
      </strong>
      <Clock />
      <LinkState />
      <span className={styles.space} />
      <Automation />
      <IconButton
        label={say(frameWords.settings)}
        icon={<Settings2 aria-hidden />}
        onPress={() => setOpen(true)}
      />
      <SettingsSheet
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onShift={() => {
          setOpen(false)
          onShift()
        }}
      />
    </header>
  )
}
