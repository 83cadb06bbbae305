/** How one stands with the desk, and the ways to another standing. */
import { CircleDot, Coffee, LogOut } from 'lucide-react'
import { useState } from 'react'
import { Badge, type BadgeProps } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import type { Stage } from '../model/stage.ts'
import { type ExpertWord, expertWords } from '../words.ts'
import styles from './desk.module.css'
import { breakReasons, usePresence, useReasonWords } from './use-presence.ts'

const stageWords: Readonly<Record<Exclude<Stage['at'], 'nobody'>, ExpertWord>> = {
  offline: 'offline',
  break: 'break',
  away: 'away',
  ready: 'available',
  ringing: 'ringing',
  call: 'inCall',
  'wrap-up': 'wrapUp',
}

const tones: Readonly<Partial<Record<Stage['at'], BadgeProps['tone']>>> = {
  ready: 'good',
  away: 'high',
  ringing: 'normal',
  call: 'normal',
}

/** With what it is about, and since when where nothing else says so. */
export const PresenceMark = ({ stage }: { stage: Exclude<Stage, { at: 'nobody' }> }) => {
  const say = useSay()
  const format = useFormat()
  const reasonOf = useReasonWords()
  const { presence, reason, since } = stage.expert
  const word = say(expertWords[stageWords[stage.at]])
  const isHeld = stage.at === 'call' || stage.at === 'wrap-up'
  const next = isHeld && presence !== 'available' ? say(expertWords[presence]) : undefined
  const shown = next === undefined ? word : say(expertWords.afterwards, { now: word, next })
  const why = stage.at === 'break' ? reasonOf(reason) : ''
  return (
    <output className={styles.presence} aria-label={say(expertWords.presence)}>
      <Badge tone={tones[stage.at] ?? 'plain'} icon={<CircleDot aria-hidden size={16} />}>
        {why === '' ? shown : `${shown} · ${why}`}
      </Badge>
      {(stage.at === 'break' || stage.at === 'away') && (
        <span className={styles.soft}>{say(expertWords.since, { at: format.clock(since) })}</span>
      )}
    </output>
  )
}

const BreakDialog = ({ onClose }: { onClose: () => void }) => {
  const say = useSay()
  const set = usePresence()
  return (
    <Dialog title={say(expertWords.breakWhy)} isOpen onClose={onClose}>
      <p className={styles.soft}>{say(expertWords.breakHint)}</p>
      <div className={styles.options}>
        {breakReasons.map((reason, nth) => (
          <Button
            key={reason}
            wide
            autoFocus={nth === 0}
            onPress={() => {
              onClose()
              set('break', reason)
            }}
          >
            {say(expertWords[`reason.${reason}`])}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

/** Also during a call: what holds afterwards. */
export const PresenceButtons = ({ stage }: { stage: Exclude<Stage, { at: 'nobody' }> }) => {
  const say = useSay()
  const set = usePresence()
  const [isAsking, setAsking] = useState(false)
  const { presence } = stage.expert
  const mayBreak = presence === 'available' || presence === 'away'
  const mayLeave = presence !== 'offline'
  useActions('presence', [
    ...(mayBreak
      ? [{ id: 'break', title: expertWords.goBreak, key: keyOf.presence.break, run: () => setAsking(true) }]
      : []),
    ...(mayLeave
      ? [
          {
            id: 'offline',
            title: expertWords.goOffline,
            key: keyOf.presence.offline,
            run: () => set('offline'),
          },
        ]
      : []),
  ])
  return (
    <>
      {mayBreak && (
        <KeyedButton
          keyName={keyOf.presence.break}
          kind="quiet"
          icon={<Coffee aria-hidden />}
          onPress={() => setAsking(true)}
        >
          {say(expertWords.goBreak)}
        </KeyedButton>
      )}
      {mayLeave && (
        <KeyedButton
          keyName={keyOf.presence.offline}
          kind="quiet"
          icon={<LogOut aria-hidden />}
          onPress={() => set('offline')}
        >
          {say(expertWords.goOffline)}
        </KeyedButton>
      )}
      {isAsking && <BreakDialog onClose={() => setAsking(false)} />}
    </>
  )
}
