/** Nobody calls: what holds now, and the way to be called. */
import { BellOff, Coffee, Headset, PhoneIncoming, UserRoundX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNow } from '../../lobby/live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import type { Stage } from '../model/stage.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'
import { Preflight } from './preflight.tsx'
import { useCheck } from './use-check.ts'
import { usePresence } from './use-presence.ts'

type Between = Extract<Stage, { at: 'offline' | 'break' | 'away' | 'ready' }>

const said = {
  offline: {
    title: expertWords.offTitle,
    text: expertWords.offText,
    icon: <Headset aria-hidden size={32} />,
  },
  break: { title: expertWords.breakTitle, text: expertWords.offText, icon: <Coffee aria-hidden size={32} /> },
  away: {
    title: expertWords.awayTitle,
    text: expertWords.awayText,
    icon: <UserRoundX aria-hidden size={32} />,
  },
} as const

const NotReady = ({ at }: { at: keyof typeof said }) => {
  const say = useSay()
  const check = useCheck()
  const set = usePresence()
  const isFit = check.state === 'open'
  const come = () => {
    if (isFit) set('available')
    else check.start()
  }
  useActions('come', [
    { id: 'available', title: expertWords.goAvailable, key: keyOf.come.available, run: come },
  ])
  const { title, text, icon } = said[at]
  return (
    <div className={styles.middle}>
      <Empty icon={icon} title={say(title)} text={say(text)} />
      <Preflight check={check} />
      <div className={styles.go}>
        <KeyedButton keyName={keyOf.come.available} kind="primary" isDisabled={!isFit} onPress={come}>
          {say(expertWords.goAvailable)}
        </KeyedButton>
        {!isFit && <p className={styles.soft}>{say(expertWords.checkFirst)}</p>}
      </div>
    </div>
  )
}

const Ready = ({ snoozedUntil, notice }: { snoozedUntil: number | null; notice: ReactNode }) => {
  const say = useSay()
  const format = useFormat()
  const now = useNow()
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now
  return (
    <div className={styles.middle}>
      <Empty
        icon={<PhoneIncoming aria-hidden size={40} />}
        title={say(expertWords.waitTitle)}
        text={
          isSnoozed
            ? say(expertWords.snoozedText, { at: format.clockSeconds(snoozedUntil) })
            : say(expertWords.waitText)
        }
      />
      {notice}
    </div>
  )
}

export interface BetweenCallsProps {
  readonly stage: Between
  /** The tone can be heard. */
  readonly isHeard: boolean
  readonly onSoundOn: () => void
}

export const BetweenCalls = ({ stage, isHeard, onSoundOn }: BetweenCallsProps) => {
  const say = useSay()
  if (stage.at !== 'ready') return <NotReady key={stage.at} at={stage.at} />
  return (
    <Ready
      snoozedUntil={stage.expert.snoozedUntil}
      notice={
        !isHeard && (
          <div className={styles.notice}>
            <BellOff aria-hidden />
            <output>
              <strong>{say(expertWords.silent)}</strong> {say(expertWords.silentText)}
            </output>
            <Button onPress={onSoundOn}>{say(expertWords.soundOn)}</Button>
          </div>
        )
      }
    />
  )
}
