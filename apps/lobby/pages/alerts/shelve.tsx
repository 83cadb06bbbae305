/** Puts an alert aside: with a reason that colleagues read, and with an end. */
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay } from '../../../ui/words.ts'
import { useBranch, useNow } from '../../live/use-live.ts'
import styles from './alerts.module.css'
import { type ShelfTime, shelfMs, shelfTimes } from './shelf.ts'
import { useAlertCommands } from './use-alert-commands.ts'
import { alertsWords } from './words.ts'

const usual = ['reason.vendor', 'reason.known', 'reason.planned'] as const

interface FormProps {
  readonly alert: string
  readonly title: string
  readonly onClose: () => void
}

const Form = ({ alert, title, onClose }: FormProps) => {
  const say = useSay()
  const { clock } = useFormat()
  const now = useNow()
  const branch = useBranch()
  const { shelve } = useAlertCommands()
  const [time, setTime] = useState<ShelfTime>('quarter')
  const [reason, setReason] = useState('')
  const forMs = shelfMs(time, now, branch?.utcOffsetMinutes ?? 0)
  const shiftEnds = now + shelfMs('shift', now, branch?.utcOffsetMinutes ?? 0)
  const said = reason.trim()
  return (
    <div className={styles.form}>
      <p className={styles.name}>{title}</p>
      <p className={styles.soft}>{say(alertsWords.shelveText)}</p>
      <Segmented
        label={say(alertsWords.shelveFor)}
        options={shelfTimes.map((id) => ({
          id,
          text: say(alertsWords[`shelf.${id}`], { time: clock(shiftEnds) }),
        }))}
        value={time}
        onChange={setTime}
      />
      <Field
        label={say(alertsWords.reason)}
        hint={say(alertsWords.reasonHint)}
        value={reason}
        onChange={setReason}
        maxLength={300}
        isRequired
      />
      <div className={styles.steps}>
        {usual.map((name) => (
          <Button key={name} onPress={() => setReason(say(alertsWords[name]))}>
            {say(alertsWords[name])}
          </Button>
        ))}
      </div>
      <Button
        kind="primary"
        wide
        isDisabled={said === ''}
        onPress={() => {
          shelve(alert, said, forMs)
          onClose()
        }}
      >
        {say(alertsWords.shelveDo)}
      </Button>
    </div>
  )
}

export interface ShelveProps {
  readonly alert: string | undefined
  readonly title: string
  readonly onClose: () => void
}

export const Shelve = ({ alert, title, onClose }: ShelveProps) => {
  const say = useSay()
  return (
    <Dialog title={say(alertsWords.shelveTitle)} isOpen={alert !== undefined} onClose={onClose}>
      {alert !== undefined && <Form alert={alert} title={title} onClose={onClose} />}
    </Dialog>
  )
}
