/** Which branch, what time it is there, whether what is shown is live, and how one stands with the desk. */
import { Command, Settings2 } from 'lucide-react'
import { Clock } from '../../lobby/frame/clock.tsx'
import { LinkState } from '../../lobby/frame/link-state.tsx'
import { useBranch } from '../../lobby/live/use-live.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import type { Stage } from '../model/stage.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'
import { PresenceButtons, PresenceMark } from './presence.tsx'

export interface TopBarProps {
  readonly stage: Stage
  readonly onPalette: () => void
  readonly onSettings: () => void
}

export const TopBar = ({ stage, onPalette, onSettings }: TopBarProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const branch = useBranch()
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>{say(expertWords.title)}</h1>
      <span className={styles.branch}>{branch === undefined ? '' : titleOf(branch.title, branch.id)}</span>
      <Clock />
      <LinkState />
      <span className={styles.space} />
      {stage.at !== 'nobody' && (
        <>
          <PresenceMark stage={stage} />
          <PresenceButtons stage={stage} />
        </>
      )}
      <IconButton label={say(expertWords.palette)} icon={<Command aria-hidden />} onPress={onPalette} />
      <IconButton label={say(expertWords.settings)} icon={<Settings2 aria-hidden />} onPress={onSettings} />
    </header>
  )
}
