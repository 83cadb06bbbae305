/** Asks for the PIN. Whoever tries is slowed down, also across a restart of the page. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import fields from '../parts/field.module.css'
import { KeyPad } from '../parts/key-pad.tsx'
import { Row } from '../parts/page.tsx'
import dialogs from '../parts/still-there.module.css'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import { afterWrong, isPin, waitsFor } from './pin.ts'
import styles from './staff.module.css'

const lengthMax = 12
/** Nobody leaves it open behind a visitor. */
const closesAfterMs = 30_000

const useTry = (onRight: () => void) => {
  const { own, tries } = useKiosk()
  const { staffPin } = useCell(own).settings
  const [isWrong, setWrong] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const attempt = async (pin: string) => {
    if (staffPin === undefined || isBusy || waitsFor(tries.get(), Date.now()) > 0) return
    setBusy(true)
    // Counted before it is known: a page that is restarted meanwhile has tried as well.
    tries.set(afterWrong(tries.get(), Date.now()))
    const isRight = await isPin(pin, staffPin).catch(() => false)
    setBusy(false)
    setWrong(!isRight)
    if (!isRight) return
    tries.set({ wrong: 0, notBefore: 0 })
    onRight()
  }
  return { hasPin: staffPin !== undefined, isWrong, isBusy, attempt }
}

interface PinFormProps {
  readonly isWrong: boolean
  readonly isBusy: boolean
  readonly onTry: (pin: string) => void
  /** Somebody is still at it. */
  readonly onKey: () => void
  readonly onClose: () => void
}

const PinForm = ({ isWrong, isBusy, onTry, onKey, onClose }: PinFormProps) => {
  const { say } = useSpeech()
  const { tries, now, wall } = useKiosk()
  const waitMs = waitsFor(useCell(tries), wall(useCell(now)))
  const [pin, setPin] = useState('')
  const enter = (text: string) => {
    setPin(text)
    onKey()
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (isBusy || waitMs > 0) return
    setPin('')
    onTry(pin)
  }
  return (
    <form className={fields.stack} autoComplete="off" onSubmit={submit}>
      <input
        className={classes(fields.input, styles.pin)}
        aria-label={say('pin')}
        aria-describedby="pin-problem"
        spellCheck={false}
        autoComplete="off"
        inputMode="none"
        maxLength={lengthMax}
        value={pin}
        onChange={({ target }) => enter(target.value)}
      />
      <p id="pin-problem" role="alert" className={fields.problem}>
        {waitMs > 0 && !isBusy
          ? say('pinWait', { seconds: Math.ceil(waitMs / 1_000) })
          : isWrong && say('pinWrong')}
      </p>
      <KeyPad keys="digits" value={pin} lengthMax={lengthMax} onChange={enter} />
      <Row>
        <BigButton kind="primary" isDisabled={isBusy || waitMs > 0} onPress={() => submit()}>
          {say('confirm')}
        </BigButton>
        <BigButton onPress={onClose}>{say('back')}</BigButton>
      </Row>
    </form>
  )
}

export const PinDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { put } = useKiosk()
  const { say } = useSpeech()
  const [keys, setKeys] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const { hasPin, attempt, ...shown } = useTry(() => {
    onClose()
    put({ type: 'staff', isThere: true })
  })
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  useEffect(() => {
    const timer = setTimeout(onClose, closesAfterMs)
    return () => clearTimeout(timer)
  }, [onClose, keys])
  return (
    <dialog data-secret ref={dialog} className={dialogs.dialog} aria-labelledby="pin-title" onClose={onClose}>
      <h2 id="pin-title" className={dialogs.title}>
        {say('staff')}
      </h2>
      {hasPin ? (
        <PinForm
          {...shown}
          onTry={(pin) => void attempt(pin)}
          onKey={() => setKeys(keys + 1)}
          onClose={onClose}
        />
      ) : (
        <>
          <p>{say('noPin')}</p>
          <Row>
            <BigButton onPress={onClose}>{say('back')}</BigButton>
          </Row>
        </>
      )}
    </dialog>
  )
}
