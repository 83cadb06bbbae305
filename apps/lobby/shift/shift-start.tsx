/** Before the first customer: can I hear, am I connected, who is here. One page, one button. */
import { Check, Volume2, Wifi, WifiOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import type { Chime } from '../alarm/chime.ts'
import { useMay, useSend } from '../live/use-commands.ts'
import { useConnection, useMe, useTable } from '../live/use-live.ts'
import styles from './shift-start.module.css'
import { shiftWords } from './words.ts'

const Sound = ({ chime }: { chime: Chime }) => {
  const say = useSay()
  const [state, setState] = useState<'new' | 'ready' | 'failed'>(chime.isReady() ? 'ready' : 'new')
  const tryIt = async () => {
    const isReady = await chime.unlock().catch(() => false)
    setState(isReady ? 'ready' : 'failed')
    chime.ring()
  }
  const text = { new: shiftWords.soundText, ready: shiftWords.soundReady, failed: shiftWords.soundFailed }[
    state
  ]
  return (
    <section className={styles.row}>
      <Volume2 aria-hidden />
      <div className={styles.words}>
        <h3>{say(shiftWords.sound)}</h3>
        <p>{say(text)}</p>
      </div>
      <Button onPress={() => void tryIt()}>{say(shiftWords.soundTry)}</Button>
    </section>
  )
}

const Link = () => {
  const say = useSay()
  const { state } = useConnection()
  const isLive = state === 'live'
  return (
    <section className={styles.row}>
      {isLive ? <Wifi aria-hidden /> : <WifiOff aria-hidden />}
      <div className={styles.words}>
        <h3>{say(shiftWords.link)}</h3>
        <p>{say(isLive ? shiftWords.linkLive : shiftWords.linkOff)}</p>
      </div>
      {isLive && <Check aria-hidden />}
    </section>
  )
}

const Duty = () => {
  const say = useSay()
  const titleOf = useTitle()
  const people = useTable('people')
  const me = useMe()
  const may = useMay()
  const send = useSend()
  /** A member of the staff says so for himself alone; the hub holds to it. */
  const maySet = (person: string) => may('duty') && (me.roles.includes('manager') || person === me.name)
  return (
    <section className={styles.part}>
      <h3>{say(shiftWords.duty)}</h3>
      <p>{say(people.length === 0 ? shiftWords.dutyNone : shiftWords.dutyText)}</p>
      <div className={styles.people}>
        {people.map(({ id, title, onDuty }) => (
          <Toggle
            key={id}
            label={titleOf(title, id)}
            isOn={onDuty}
            isDisabled={!maySet(id)}
            onChange={(isOn) => send({ name: 'duty', params: { person: id, onDuty: isOn } })}
          />
        ))}
      </div>
    </section>
  )
}

interface ShiftStartProps {
  readonly chime: Chime
  readonly isOpen: boolean
  readonly onStart: () => void
}

export const ShiftStart = ({ chime, isOpen, onStart }: ShiftStartProps) => {
  const say = useSay()
  const start = () => {
    void chime.unlock().catch(() => false)
    onStart()
  }
  return (
    <Dialog
      title={say(shiftWords.title)}
      isOpen={isOpen}
      onClose={onStart}
      isDismissable={false}
      actions={
        <Button kind="primary" onPress={start}>
          {say(shiftWords.begin)}
        </Button>
      }
    >
      <Sound chime={chime} />
      <Link />
      <Duty />
    </Dialog>
  )
}
