/** What each tablet sets for itself, and the way out. */
import { ClipboardCheck, LogOut, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import { askHub, HubRefused } from '../live/ask-hub.ts'
import { useMe } from '../live/use-live.ts'
import { leaveTab } from '../own-tab.ts'
import { themes } from '../settings.ts'
import { useSettings } from '../settings-context.ts'
import { pagesFor } from './pages.ts'
import { go } from './router.ts'
import styles from './settings-sheet.module.css'
import { frameWords } from './words.ts'

/** Each in its own language: who does not read the one finds the other. */
const tongues = [
  { id: 'zh', text: '中文' },
  { id: 'en', text: 'English' },
] as const

/** Where the hub did not do it the session goes on: whoever takes the tablet next would have it. */
export const SignOut = () => {
  const say = useSay()
  const [refused, setRefused] = useState<HubRefused>()
  const leave = () => {
    leaveTab()
    window.location.assign('/sign-in')
  }
  const signOut = () => {
    setRefused(undefined)
    askHub('signOut', {}).then(leave, (error: unknown) =>
      error instanceof HubRefused && error.error?.code !== 'sign-in.needed' ? setRefused(error) : leave(),
    )
  }
  const why = refused?.error?.text
  return (
    <>
      <Button wide icon={<LogOut aria-hidden />} onPress={signOut}>
        {say(frameWords.signOut)}
      </Button>
      <output className={styles.who}>
        {refused !== undefined &&
          (why === undefined ? say(frameWords.signOutFailed) : say(frameWords.signOutRefused, { why }))}
      </output>
    </>
  )
}

/** Language and appearance. */
export const Looks = () => {
  const say = useSay()
  const { tongue, theme, setTongue, setTheme } = useSettings()
  return (
    <>
      <section className={styles.part}>
        <h3>{say(frameWords.language)}</h3>
        <Segmented label={say(frameWords.language)} options={tongues} value={tongue} onChange={setTongue} />
      </section>
      <section className={styles.part}>
        <h3>{say(frameWords.theme)}</h3>
        <Segmented
          label={say(frameWords.theme)}
          options={themes.map((id) => ({ id, text: say(frameWords[`theme.${id}`]) }))}
          value={theme}
          onChange={setTheme}
        />
      </section>
    </>
  )
}

interface SettingsSheetProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onShift: () => void
}

export const SettingsSheet = ({ isOpen, onClose, onShift }: SettingsSheetProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const me = useMe()
  return (
    <Sheet title={say(frameWords.settings)} isOpen={isOpen} onClose={onClose}>
      <div className={styles.body}>
        <Looks />
        <section className={styles.part}>
          <p className={styles.who}>{say(frameWords.signedInAs, { who: titleOf(me.title, me.name) })}</p>
          {pagesFor(me.roles)
            .filter(({ isAside }) => isAside === true)
            .map(({ path, title, icon: Icon }) => (
              <Button
                key={path}
                wide
                icon={<Icon aria-hidden />}
                onPress={() => {
                  onClose()
                  go(path)
                }}
              >
                {say(title)}
              </Button>
            ))}
          <Button wide icon={<ClipboardCheck aria-hidden />} onPress={onShift}>
            {say(frameWords.shiftAgain)}
          </Button>
          <Button wide icon={<UserRound aria-hidden />} onPress={() => window.location.assign('/account')}>
            {say(frameWords.account)}
          </Button>
          <SignOut />
        </section>
      </div>
    </Sheet>
  )
}
