/** It rings: who needs somebody, the story, and one press to take it. Nothing is accepted by a key meant for something else. */
import { Clock3, Phone, PhoneOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useNow } from '../../lobby/live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useWhere } from '../desk/use-where.ts'
import { AskedIn } from '../guest/asked-in.tsx'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import type { Stage } from '../model/stage.ts'
import parts from './parts.module.css'
import styles from './ringing.module.css'
import { Story } from './story.tsx'
import { callWords } from './words.ts'

export type RingStage = Extract<Stage, { at: 'ringing' }>

const declineReasons = ['other-skill', 'busy', 'technical', 'conflict'] as const
const snoozesMs = [60_000, 300_000, 900_000] as const

interface AskProps {
  readonly onClose: () => void
}

const DeclineDialog = ({ onClose, onChoose }: AskProps & { onChoose: (reason: string) => void }) => {
  const say = useSay()
  return (
    <Dialog title={say(callWords.declineWhy)} isOpen onClose={onClose}>
      <p className={parts.soft}>{say(callWords.declineHint)}</p>
      <div className={parts.options}>
        {declineReasons.map((reason, nth) => (
          <Button key={reason} wide autoFocus={nth === 0} onPress={() => onChoose(reason)}>
            {say(callWords[`decline.${reason}`])}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

const SnoozeDialog = ({ onClose, onChoose }: AskProps & { onChoose: (forMs: number) => void }) => {
  const say = useSay()
  const format = useFormat()
  return (
    <Dialog title={say(callWords.snoozeFor)} isOpen onClose={onClose}>
      <div className={parts.options}>
        {snoozesMs.map((forMs, nth) => (
          <Button key={forMs} wide autoFocus={nth === 0} onPress={() => onChoose(forMs)}>
            {format.duration(forMs)}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

const useAnswers = ({ call, ring }: RingStage) => {
  const send = useSendOnce()
  const of = { call: call.id, ring: ring.id }
  return {
    accept: () => send({ name: 'call.accept', params: of }),
    decline: (reason: string) => send({ name: 'call.decline', params: { ...of, reason } }),
    snooze: (forMs: number) => send({ name: 'call.snooze', params: { ...of, forMs } }),
  }
}

const Countdown = ({ at, until }: { at: number; until: number }) => {
  const say = useSay()
  const format = useFormat()
  const now = useNow()
  const leftMs = Math.max(0, until - now)
  return (
    <p className={styles.countdown}>
      <progress aria-hidden className={styles.progress} max={until - at} value={leftMs} />
      <span>{say(callWords.left, { left: format.duration(leftMs) })}</span>
    </p>
  )
}

type Asking = 'decline' | 'snooze'

interface AnswersProps {
  readonly onAccept: () => void
  readonly onAsk: (what: Asking) => void
}

const Answers = ({ onAccept, onAsk }: AnswersProps) => {
  const say = useSay()
  return (
    <div className={parts.buttons}>
      <KeyedButton keyName={keyOf.ring.accept} kind="primary" icon={<Phone aria-hidden />} onPress={onAccept}>
        {say(callWords.accept)}
      </KeyedButton>
      <KeyedButton
        keyName={keyOf.ring.decline}
        icon={<PhoneOff aria-hidden />}
        onPress={() => onAsk('decline')}
      >
        {say(callWords.decline)}
      </KeyedButton>
      <KeyedButton keyName={keyOf.ring.snooze} icon={<Clock3 aria-hidden />} onPress={() => onAsk('snooze')}>
        {say(callWords.snooze)}
      </KeyedButton>
    </div>
  )
}

export const Ringing = ({ stage }: { stage: RingStage }) => {
  const say = useSay()
  const whereOf = useWhere()
  const [asking, setAsking] = useState<Asking>()
  const { accept, decline, snooze } = useAnswers(stage)
  const place = useRef<HTMLHeadingElement>(null)
  useEffect(() => place.current?.focus(), [])
  const close = () => setAsking(undefined)
  useActions('ring', [
    { id: 'accept', title: callWords.accept, key: keyOf.ring.accept, run: accept },
    { id: 'decline', title: callWords.decline, key: keyOf.ring.decline, run: () => setAsking('decline') },
    { id: 'snooze', title: callWords.snooze, key: keyOf.ring.snooze, run: () => setAsking('snooze') },
  ])
  const { guest } = stage.call
  const title = say(callWords.from, { where: whereOf(stage.call) })
  return (
    <div className={styles.ringing}>
      <p role="alert" className="visually-hidden">
        {title}
      </p>
      <header className={styles.head}>
        <h2 ref={place} tabIndex={-1} className={parts.title}>
          {title}
        </h2>
        <Countdown at={stage.ring.at} until={stage.ring.until} />
        <Answers onAccept={accept} onAsk={setAsking} />
      </header>
      {guest?.ring?.id === stage.ring.id && <AskedIn guest={guest} />}
      <Story call={stage.call} />
      {asking === 'decline' && (
        <DeclineDialog
          onClose={close}
          onChoose={(reason) => {
            close()
            decline(reason)
          }}
        />
      )}
      {asking === 'snooze' && (
        <SnoozeDialog
          onClose={close}
          onChoose={(forMs) => {
            close()
            snooze(forMs)
          }}
        />
      )}
    </div>
  )
}
