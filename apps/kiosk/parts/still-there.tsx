/** Asked of somebody who has not touched anything for a while; a touch anywhere is an answer (WCAG 2.2.1). */
import { useEffect, useRef } from 'react'
import { type Person, patienceOf } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { BigButton } from './big-button.tsx'
import { Row } from './page.tsx'
import styles from './still-there.module.css'
import { useKiosk, useSpeech, useWorld } from './use-kiosk.ts'

export const StillThere = ({ person }: { readonly person: Person }) => {
  const { now: clock, put } = useKiosk()
  const { say } = useSpeech()
  const now = useCell(clock)
  const { leaveAfterMs } = patienceOf(person, useWorld())
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const leftMs = Math.max(0, (person.askedAt ?? now) + leaveAfterMs - now)
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="still-there"
      onCancel={(event) => {
        event.preventDefault()
        put({ type: 'still-here' })
      }}
      // A browser may close it all the same: nobody is counted out unseen.
      onClose={() => put({ type: 'still-here' })}
    >
      <h2 id="still-there" className={styles.title}>
        {say('stillThere')}
      </h2>
      <p className={styles.text} role="timer">
        {say('stillThereText', { seconds: Math.ceil(leftMs / 1_000) })}
      </p>
      <Row>
        <BigButton kind="primary" onPress={() => put({ type: 'still-here' })}>
          {say('stillHere')}
        </BigButton>
        <BigButton onPress={() => put({ type: 'start-over' })}>{say('startOver')}</BigButton>
      </Row>
    </dialog>
  )
}
