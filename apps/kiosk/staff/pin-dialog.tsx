/** Asks for the PIN. Whoever tries is slowed down, also across a restart of the page. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useCell } from '../outside/cell.ts'
import { kept } from '../outside/kept.ts'
import { BigButton } from '../parts/big-button.tsx'
import fields from '../parts/field.module.css'
import { KeyPad } from '../parts/key-pad.tsx'
import { Row } from '../parts/page.tsx'
import dialogs from '../parts/still-there.module.css'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import { afterWrong, isPin, waitsFor } from './pin.ts'

const lengthMax = 12
/** Nobody leaves it open behind a visitor. */
const closesAfterMs = 30_000

const useTry = (onRight: () => void) => {
  const { own } = useKiosk()
  const { staffPin } = useCell(own).settings
  const [isWrong, setWrong] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const attempt = async (pin: string) => {
    if (staffPin === undefined || isBusy || waitsFor(kept.tries(), Date.now()) > 0) return
    setBusy(true)
    // Counted before it is known: a page that is restarted meanwhile has tried as well.
    kept.keepTries(afterWrong(kept.tries(), Date.now()))
    const isRight = await isPin(pin, staffPin).catch(() => false)
    setBusy(false)
    setWrong(!isRight)
    if (!isRight) return
    kept.keepTries({ wrong: 0, notBefore: 0 })
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
  const waitMs = waitsFor(kept.tries(), useCell(useKiosk().now))
  const [pin, setPin] = useState('')
  const enter = (text: string) => {
    setPin(text)
    onKey()
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setPin('')
    onTry(pin)
  }
  return (
    <form className={fields.stack} autoComplete="off" onSubmit={submit}>
      <input
        className={fields.input}
        aria-label={say('pin')}
        aria-describedby="pin-problem"
        type="password"
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
    <dialog ref={dialog} className={dialogs.dialog} aria-labelledby="pin-title" onClose={onClose}>
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
